"""Services that run for the time of a block, each a process of its own with one worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_START_SECONDS = 120.0  # also on a machine that is busy with other things
_RATE_LIMITS = "check=6000000/minute, reserve=6000000/minute, import=60000/minute"  # counted, and never reached
_CONFIGURED_DATABASE = ("BUDGET_SYNC_DATABASE_URL", "DATABASE_URL")  # the benchmarks make their own


@dataclass(frozen=True)
class Service:
    """Where it listens, and which process it is."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """What the process has used so far, its children not counted."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def our_service(home: Path) -> Iterator[Service]:
    """The service over the installation in this folder."""
    environment = {"BUDGET_SYNC_HOME": str(home), "BUDGET_SYNC_RATE_LIMITS": _RATE_LIMITS}
    with _uvicorn(["--factory", "api.app:create_app_from_environment"], environment) as service:
        yield service


@contextmanager
def peer_service(database: str) -> Iterator[Service]:
    """The peer of the check."""
    with _uvicorn(["--app-dir", str(Path(__file__).parent), "check_peer:app"], {"PEER_DATABASE": database}) as service:
        yield service


@contextmanager
def _uvicorn(arguments: list[str], environment: dict[str, str]) -> Iterator[Service]:
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", *arguments, "--port", str(port), "--log-level", "warning"]
    inherited = {name: value for name, value in os.environ.items() if name not in _CONFIGURED_DATABASE}
    with subprocess.Popen(command, env=inherited | environment, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield Service(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("A service did not start.")
