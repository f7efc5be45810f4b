"""``budget-sync up``: the database, Dagster and the service of an installation, until somebody stops them."""

import os
import re
import signal
import subprocess
from pathlib import Path

import httpx

from budget_sync_tests.waiting import wait_until
from budget_sync_tests.walk.demo_process import PROGRAM, left_behind


def test_up_answers_until_it_is_stopped_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home, output = tmp_path / "home", tmp_path / "output"
    environment = os.environ | {"BUDGET_SYNC_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    with output.open("w") as target:
        running = subprocess.Popen([str(PROGRAM), "up"], env=environment, stdout=target, stderr=subprocess.STDOUT)
        try:
            wait_until(lambda: "API document" in output.read_text(), "all of it to be up", seconds=120)
            addresses = dict(re.findall(r"^(Dagster UI|Service) +(\S+)", output.read_text(), re.MULTILINE))
            assert httpx.get(f"{addresses['Service']}/api/health/ready").json()["status"] == "ready"
            assert httpx.get(f"{addresses['Dagster UI']}/server_info").json()["dagster_version"]
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == 0
            wait_until(lambda: left_behind(home) == [], "its processes to end")
        finally:
            running.kill()
            running.wait()
