"""Take the pictures of the Dagster UI in ``images/`` anew, from a demo that runs for it.

Needs Debian's ``chromium``. A payroll is dropped when the demo is up, so that there is a file that was refused.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
from playwright.sync_api import Page, sync_playwright

_ROOT = Path(__file__).parents[1]
_IMAGES = _ROOT / "docs" / "images"
_CHROMIUM = "/usr/bin/chromium"
_ADDRESS = re.compile(r"^(Dagster UI|Service|API key|Drop files in) +(\S+)", re.MULTILINE)
_SECONDS = 240
_SETTLING_MILLISECONDS = 8000  # the UI asks its server again and again, and says nowhere that it is done
_KEYS = """{ runsOrError(filter: {statuses: [FAILURE]}) { ... on Runs { results { runId tags { key value } } } } }"""


@contextmanager
def running_demo(home: Path) -> Iterator[dict[str, str]]:
    """A demo that is left running; what it says of where to look on."""
    output = home / "output"
    environment = os.environ | {"BUDGET_SYNC_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    with output.open("w") as target:
        program = Path(sys.executable).with_name("budget-sync")
        demo = subprocess.Popen([program, "demo"], env=environment, stdout=target, stderr=subprocess.STDOUT)
        try:
            _wait(lambda: "Left running" in output.read_text() or demo.poll() is not None, "the demo to be up")
            yield dict(_ADDRESS.findall(output.read_text()))
        finally:
            demo.terminate()
            demo.wait()


def refused_run(ui: str) -> dict[str, str]:
    """The tags of the run that failed, with its id."""
    answer = httpx.post(f"{ui}/graphql", json={"query": _KEYS}, timeout=60).json()
    runs = answer["data"]["runsOrError"]["results"]
    return {tag["key"]: tag["value"] for tag in runs[0]["tags"]} | {"id": runs[0]["runId"]} if runs else {}


def take(page: Page, address: str, name: str, words: str, height: int = 900) -> None:
    """One picture, once the words that matter are to be seen on the page and what hangs on them has been drawn."""
    page.set_viewport_size({"width": 1440, "height": height})
    page.goto(address, wait_until="domcontentloaded")
    page.get_by_text(words).and_(page.locator(":visible")).first.wait_for(timeout=_SECONDS * 1000)
    page.wait_for_timeout(_SETTLING_MILLISECONDS)
    page.screenshot(path=_IMAGES / f"{name}.png")
    print(_IMAGES / f"{name}.png", flush=True)


def main() -> None:
    """Start, drop, wait, take."""
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as addresses:
        ui = addresses["Dagster UI"].partition("/locations")[0]
        shutil.copyfile(_ROOT / "test_data" / "payroll_sample.csv", Path(addresses["Drop files in"], "march.csv"))
        _wait(lambda: bool(refused_run(ui)), "the payroll to be refused")
        refused = refused_run(ui)
        partition = quote(refused["dagster/partition"], safe="")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
            page, of_file = browser.new_page(), f"view=partitions&partition={partition}"
            take(page, f"{ui}/locations/budget_sync/sensors/sftp_sources", "sensor_page", "1 run requested")
            take(page, f"{ui}/locations/budget_sync/asset-groups/budget_files/lineage", "asset_graph", "Postgres", 620)
            take(page, f"{ui}/assets/validated_lines", "asset_page", "Column name")
            take(page, f"{ui}/assets/budgets?{of_file}", "failed_partition", "march.csv")
            take(page, f"{ui}/assets/column_mapping?{of_file}", "refused_file", "why_not_loaded")
            browser.close()


def _wait(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while not happened():
        if time.monotonic() > deadline:
            sys.exit(f"Waited {_SECONDS} s in vain for {what}.")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
