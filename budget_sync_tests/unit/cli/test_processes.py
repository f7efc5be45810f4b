"""Child programs: they end with us, whichever way we end, and we notice when one ends by itself."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from budget_sync.cli.processes import Processes, Program
from budget_sync.domain.errors import ProgramEndedError
from budget_sync_tests.processes import is_running
from budget_sync_tests.waiting import wait_until

# A program that starts a worker of its own, writes both numbers, and waits.
FAMILY = textwrap.dedent("""
    import subprocess, sys, os, pathlib, time
    worker = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    target = pathlib.Path(sys.argv[1])
    target.with_suffix(".new").write_text(f"{os.getpid()} {worker.pid}")
    target.with_suffix(".new").rename(target)
    time.sleep(600)
""")


# The same of a program that is alone.
ANNOUNCE = "new = pathlib.Path(sys.argv[1] + '.new'); new.write_text(str(os.getpid())); new.rename(sys.argv[1])"


def family(pids: Path) -> Program:
    return Program("family", [sys.executable, "-S", "-c", FAMILY, str(pids)])


def read_pids(pids: Path) -> list[int]:
    wait_until(pids.exists, "the family to start")
    return [int(word) for word in pids.read_text().split()]


def test_leaving_ends_a_program_and_the_workers_it_started(tmp_path: Path) -> None:
    with Processes(tmp_path / "logs") as processes:
        processes.start(family(tmp_path / "pids"))
        pids = read_pids(tmp_path / "pids")
        processes.check()
    wait_until(lambda: not any(map(is_running, pids)), "the family to end", seconds=5)


def test_a_program_that_ends_by_itself_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    with Processes(tmp_path / "logs") as processes:
        processes.start(Program("teller", [sys.executable, "-c", "print('no money left'); raise SystemExit(3)"]))

        def ended() -> bool:
            try:
                processes.check()
            except ProgramEndedError:
                return True
            return False

        wait_until(ended, "the teller to end")
        with pytest.raises(ProgramEndedError, match=r"teller ended with exit status 3(.|\n)*no money left"):
            processes.check()


def test_a_deaf_program_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budget_sync.cli.processes._GRACE_SECONDS", 0.2)
    ignore = "import os, pathlib, signal, sys, time; signal.signal(15, signal.SIG_IGN)"
    deaf = f"{ignore}; {ANNOUNCE}; time.sleep(600)"
    with Processes(tmp_path / "logs") as processes:
        processes.start(Program("deaf", [sys.executable, "-S", "-c", deaf, str(tmp_path / "pids")]))
        (pid,) = read_pids(tmp_path / "pids")
    assert not is_running(pid)


def started_parent(tmp_path: Path) -> "subprocess.Popen[bytes]":
    code = textwrap.dedent(f"""
        import pathlib, time
        from budget_sync.cli.processes import Processes, stopped_like_ctrl_c
        from budget_sync_tests.unit.cli.test_processes import family
        with stopped_like_ctrl_c(), Processes(pathlib.Path({str(tmp_path)!r}, "logs")) as processes:
            processes.start(family(pathlib.Path({str(tmp_path)!r}, "pids")))
            time.sleep(600)
    """)
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_whatever_ends_the_parent_ends_the_family(tmp_path: Path, number: signal.Signals) -> None:
    parent = started_parent(tmp_path)
    pids = read_pids(tmp_path / "pids")
    assert all(map(is_running, pids))
    os.kill(parent.pid, number)
    parent.wait(10)
    wait_until(lambda: not any(map(is_running, pids)), "the family to end", seconds=10)
