"""A demo that is left running: files that are dropped come in; whatever ends it, nothing is left behind."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync_tests.waiting import wait_until
from budget_sync_tests.walk.demo_process import DemoProcess

SAMPLES = Path(__file__).parents[2] / "test_data"
START_SECONDS = 120
ARRIVAL_SECONDS = 45


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    """A running demo over one small file."""
    folder = tmp_path_factory.mktemp("partner")
    shutil.copy(SAMPLES / "7_minimal.csv", folder)
    running = DemoProcess(tmp_path_factory.mktemp("home"), "--files", str(folder))
    try:
        wait_until(lambda: "Left running" in running.output, "the demo to be up", seconds=START_SECONDS)
        yield running
    finally:
        running.end()


def drop(demo: DemoProcess, sample: str) -> None:
    """The partner writes a file, or writes it again."""
    target = Path(demo.addresses["Drop files in"], sample)
    shutil.copyfile(SAMPLES / sample, target)


def arrived(demo: DemoProcess, name: str, times: int = 1) -> dict[str, object]:
    """The newest import of the file once it has come in so many times and each has ended."""

    def so_often() -> bool:
        imports = demo.history_of(name)
        return len(imports) == times and all(each["status"] != "processing" for each in imports)

    wait_until(so_often, f"{name} to come in", seconds=ARRIVAL_SECONDS)
    newest: dict[str, object] = demo.history_of(name)[0]
    return newest


def test_a_dropped_budget_is_in_the_lines_the_history_and_dagster(demo: DemoProcess) -> None:
    drop(demo, "1_standard_format.csv")
    imported = arrived(demo, "1_standard_format.csv")
    assert imported["status"] == "completed"
    page = demo.ask("/api/budgets", importId=imported["importId"], limit=100)
    assert page["count"] == 38
    wait_until(lambda: materialized(demo, "1_standard_format.csv"), "Dagster to show it", seconds=ARRIVAL_SECONDS)


def materialized(demo: DemoProcess, name: str) -> bool:
    """Whether the budgets of this file are a materialized partition in Dagster."""
    nodes = demo.graphql("{ assetNodes { assetKey { path } assetMaterializations(limit: 50) { partition } } }")
    partitions = {
        event["partition"]
        for node in nodes["assetNodes"]
        if node["assetKey"]["path"][-1] == "budgets"
        for event in node["assetMaterializations"]
    }
    return any(partition and name in partition for partition in partitions)


def test_the_same_file_again_changes_nothing(demo: DemoProcess) -> None:
    drop(demo, "2_abbreviated_headers.csv")
    arrived(demo, "2_abbreviated_headers.csv")
    target = Path(demo.addresses["Drop files in"], "2_abbreviated_headers.csv")
    later = target.stat().st_mtime + 60
    os.utime(target, (later, later))
    assert arrived(demo, "2_abbreviated_headers.csv", times=2)["status"] == "unchanged"


def test_a_payroll_is_rejected_and_loads_nothing(demo: DemoProcess) -> None:
    drop(demo, "payroll_sample.csv")
    imported = arrived(demo, "payroll_sample.csv")
    assert (imported["status"], imported["fileType"]) == ("rejected", "payroll")
    assert demo.ask("/api/budgets", importId=imported["importId"])["count"] == 0


def test_a_second_demo_in_the_same_home_is_told_of_the_first(demo: DemoProcess) -> None:
    second = DemoProcess(demo.home, "--once")
    assert second.process.wait(30) == 1
    second.end()
    assert f"process {demo.process.pid}" in second.output


def test_ctrl_c_ends_it_well_and_leaves_nothing_behind(demo: DemoProcess) -> None:
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(30) == 0, demo.output
    wait_until(lambda: demo.left_behind() == [], "its processes to end")


@pytest.mark.parametrize(
    ("phase", "number"),
    [
        ("The partner's SFTP server", signal.SIGTERM),
        ("PostgreSQL", signal.SIGINT),
        ("Dagster's code server", signal.SIGKILL),
    ],
)
def test_whatever_ends_it_at_the_start_leaves_nothing_behind(
    tmp_path: Path, phase: str, number: signal.Signals
) -> None:
    starting = DemoProcess(tmp_path / "home", "--once")
    try:
        wait_until(lambda: phase in starting.output, f"the step {phase} to be done", seconds=START_SECONDS)
        starting.process.send_signal(number)
        assert starting.process.wait(30) != 0
        wait_until(lambda: starting.left_behind() == [], "its processes to end", seconds=30)
    finally:
        starting.end()
