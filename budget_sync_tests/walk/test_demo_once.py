"""``budget-sync demo --once``: everything comes up, every sample ends as declared, everything is gone."""

import tomllib
from pathlib import Path

from budget_sync_tests.waiting import wait_until
from budget_sync_tests.walk.demo_process import DemoProcess

SAMPLES = Path(__file__).parents[2] / "test_data"
AT_MOST_SECONDS = 180  # half a minute on two idle cores


def test_every_sample_travels_the_whole_way_and_nothing_is_left_behind(tmp_path: Path) -> None:
    demo = DemoProcess(tmp_path / "home", "--once")
    try:
        status = demo.process.wait(AT_MOST_SECONDS)
    finally:
        demo.end()
    assert status == 0, demo.output
    rows = {line.split()[0]: line.split() for line in demo.output.splitlines() if line}
    for name, expected in tomllib.loads((SAMPLES / "expected.toml").read_text()).items():
        assert rows[name][1] == expected["file_type"]
        assert expected["status"] in rows[name]
    for words in (
        "approve: ",
        "does not fit",
        "Did you mean Engineering?",
        "The demo has ended",
        "import-history --customer demo",
    ):
        assert words in demo.output
    assert demo.addresses == {}, "what is gone is not shown"
    wait_until(lambda: demo.left_behind() == [], "its processes to end")
