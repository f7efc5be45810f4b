"""Programs run from their start to their end, with what they took of time and memory."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from figures import Run

_LOOK_SECONDS = 0.02
_HERE = Path(__file__).parent
_BYTES = 1024 if sys.platform != "darwin" else 1


def run_import(home: Path, customer: str, file: Path) -> Run:
    """``budget-sync import`` with the database running."""
    program = str(Path(sys.executable).with_name("budget-sync"))
    command = [program, "import", str(file), "--customer", customer, "--json"]
    return _run(command, {"BUDGET_SYNC_HOME": str(home)}, home)


def run_peer(script: str, folder: Path, url: str, file: Path) -> Run:
    """A script of this folder that loads the file into a table of its own."""
    environment = {"DLT_DATA_DIR": str(folder / "dlt"), "RUNTIME__DLTHUB_TELEMETRY": "false"}
    return _run([sys.executable, str(_HERE / script), url, str(file)], environment, folder)


def _run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Run:
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL, cwd=folder)
    megabytes = 0.0
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        megabytes = _most_resident(process.pid) or megabytes
        time.sleep(_LOOK_SECONDS)
    taken = time.perf_counter() - begin
    _, status, usage = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    return Run(taken, usage.ru_utime + usage.ru_stime, megabytes or usage.ru_maxrss * _BYTES / 1024**2)


def _most_resident(pid: int) -> float:
    """The most that the program occupied so far; what the kernel says at its end counts the process it began as, too.

    0 where the system does not tell.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    found = re.search(r"VmHWM:\s+([0-9]+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
