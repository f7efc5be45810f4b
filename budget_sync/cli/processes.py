"""Child programs that work for one command and never outlive it.

In: ``Program``s. Each runs in a process group of its own (Ctrl-C reaches only us; we end the whole group, with the
workers that it started) and writes into its own log file. A guard process ends the groups when we are killed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from budget_sync.domain.errors import ProgramEndedError

_GUARD = Path(__file__).with_name("process_guard.py")
_LAUNCHER = Path(__file__).with_name("process_launcher.py")
_GRACE_SECONDS = 5.0
_LOG_LINES = 12
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Program:
    """What to run: ``name`` as messages and the log file call it, and its arguments.

    It inherits our environment, with ``environment`` on top and what is named in ``without`` taken away.
    """

    name: str
    arguments: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


class Processes:
    """The running programs of one command, used within ``with``; leaving ends them all, the last started first."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_GUARD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # whoever reads our output must not wait for the guard
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _handled_by(signal.SIG_IGN):
            self._end_all()
            if self._guard is not None and self._guard.stdin is not None:
                self._guard.stdin.close()
                self._guard.wait()

    def start(self, program: Program) -> None:
        """Start a program; what it writes goes to ``log_of`` its name."""
        inherited = {name: value for name, value in os.environ.items() if name not in program.without}
        guard = self._guard_pipe()
        with self.log_of(program.name).open("ab") as log:
            self._running[program.name] = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_LAUNCHER), str(guard), *program.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=inherited | dict(program.environment),
                pass_fds=(guard,),
                start_new_session=True,
            )

    def log_of(self, name: str) -> Path:
        """Where the program of this name writes."""
        return self._logs / f"{name.replace(' ', '_')}.log"

    def check(self) -> None:
        """Make sure that all of them still run.

        Raises:
            ProgramEndedError: one does not.
        """
        for name, child in self._running.items():
            status = child.poll()
            if status is not None:
                raise ProgramEndedError(f"The {name} ended {_how(status)}. The end of its log:\n{self._tail(name)}")

    def _tail(self, name: str) -> str:
        lines = self.log_of(name).read_text(errors="replace").splitlines()[-_LOG_LINES:]
        return "\n".join(f"  {line}" for line in lines) or "  (empty)"

    def _guard_pipe(self) -> int:
        if self._guard is None or self._guard.stdin is None:
            raise RuntimeError("Programs are started within 'with'.")
        return self._guard.stdin.fileno()

    def _end_all(self) -> None:
        """Ask every group to end, wait for the leaders together, then kill what is left of each group."""
        for child in reversed(self._running.values()):
            _signal_group(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        for child in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
        for child in self._running.values():
            _signal_group(child.pid, signal.SIGKILL)
            child.wait()
            os.write(self._guard_pipe(), f"-{child.pid}\n".encode())
        self._running.clear()


@contextlib.contextmanager
def stopped_like_ctrl_c() -> Iterator[None]:
    """Within it SIGTERM and SIGHUP end us as Ctrl-C does, through every ``finally`` on the way.

    What comes after the first of them is not heard: impatience leaves nothing half cleaned up.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in _STOPPING:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    with _handled_by(stop):
        yield


@contextlib.contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _STOPPING}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _how(status: int) -> str:
    if status < 0:
        return f"by signal {signal.Signals(-status).name}"
    return f"with exit status {status}"
