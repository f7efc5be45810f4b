"""The parent's side of the child that parses workbooks: started when first needed, reused, replaced when it dies.

In: a ``ParseRequest``. Out: its answers. Safe in threads (each workbook has a child of its own while it is read)
and after a fork (a forked process forgets the children of its parent and starts its own).
"""

import atexit
import contextlib
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.workbook.messages import (
    LENGTH_BYTES,
    TOO_LARGE,
    Answer,
    Finished,
    ParseRequest,
    Refused,
    SheetOpened,
    SheetRows,
    WorkbookOpened,
    decode_answer,
    frame,
)

_CHILDREN = max(2, min(4, os.cpu_count() or 2))
_MODULE = "budget_sync.reading.workbook.worker"
_ROOT = str(Path(__file__).resolve().parents[3])
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONHOME", "VIRTUAL_ENV")
_PIECE = 1024 * 1024
_LAST_WORDS = 4096
_NO_MEMORY = "memory allocation of"  # what a parser written in Rust says before it aborts for want of it
_SECONDS_TO_END = 0.5  # a child between two files ends at once when its pipe closes
_log = logging.getLogger(__name__)


class _ChildDiedError(Exception):
    """The child ended in the middle of an answer."""


class _Child:
    """One child process and the pipes to it."""

    def __init__(self) -> None:
        # The environment holds the secrets of the service; a parser of strangers' files gets none of them.
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([_ROOT, *(path for path in sys.path if path)])
        self.process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=environment,
            start_new_session=True,  # Ctrl-C in a terminal is the parent's to handle
        )
        assert self.process.stdin  # noqa: S101 - it was asked for as a pipe
        assert self.process.stdout  # noqa: S101 - it was asked for as a pipe
        assert self.process.stderr  # noqa: S101 - it was asked for as a pipe
        self.requests, self.answers, self.complaints = self.process.stdin, self.process.stdout, self.process.stderr
        os.set_blocking(self.requests.fileno(), False)
        self.readable, self.writable = select.poll(), select.poll()
        self.readable.register(self.answers, select.POLLIN)
        self.writable.register(self.requests, select.POLLOUT)
        self.last_words = ""

    def alive(self) -> bool:
        return self.process.poll() is None

    def send(self, request: ParseRequest, deadline: float) -> None:
        try:
            view = memoryview(frame(request))
            while view:
                _wait(self.writable, deadline)
                with contextlib.suppress(BlockingIOError):  # less room than a piece that is written as one
                    view = view[os.write(self.requests.fileno(), view) :]
        except BrokenPipeError as error:
            raise _ChildDiedError from error

    def receive(self, deadline: float) -> Answer:
        length = int.from_bytes(self._read(LENGTH_BYTES, deadline), "big")
        return decode_answer(self._read(length, deadline))

    def _read(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            _wait(self.readable, deadline)
            piece = os.read(self.answers.fileno(), min(_PIECE, size - len(received)))
            if not piece:
                raise _ChildDiedError
            received += piece
        return bytes(received)

    def end(self) -> int:
        """End the process, release its pipes, log its last words; the exit status, negative for a signal."""
        if self.requests.closed:
            return self.process.wait()
        self.requests.close()
        try:
            self.process.wait(timeout=_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
        with self.answers, self.complaints:
            self.last_words = self.complaints.read(_LAST_WORDS).decode("utf-8", "replace").strip()
            if self.last_words:
                _log.info("The child that parses workbooks ended: %s", self.last_words)
        return self.process.wait()


def _wait(ready: select.poll, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not ready.poll(left * 1000):
        raise TimeoutError


class _Children:
    """The children of this process: idle ones to be reused, and a bound on how many work at once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free = threading.BoundedSemaphore(_CHILDREN)
        self.idle: list[_Child] = []

    def take(self) -> tuple[_Child, bool]:
        """A child, and whether it was used before."""
        with self.lock:
            while self.idle:
                child = self.idle.pop()
                if child.alive():
                    return child, True
                child.end()
        return _Child(), False

    def give_back(self, child: _Child) -> None:
        with self.lock:
            self.idle.append(child)

    def end_all(self) -> None:
        with self.lock:
            for child in self.idle:
                child.end()
            self.idle.clear()


_children = _Children()


def _forget_after_fork() -> None:
    """A forked process shares the pipes of its parent's children: it closes its copies and uses none of them."""
    global _children  # noqa: PLW0603 - the one place where the process's own children are replaced
    for child in _children.idle:
        child.requests.close()
        child.answers.close()
        child.complaints.close()
    _inherited.extend(_children.idle)
    _children = _Children()


_inherited: list[_Child] = []  # kept, so that their finalisers do not run for processes that are not ours

os.register_at_fork(after_in_child=_forget_after_fork)
atexit.register(lambda: _children.end_all())  # noqa: PLW0108 - the children of that moment, not of now


def ask_child(request: ParseRequest) -> Iterator[WorkbookOpened | SheetOpened | SheetRows]:
    """The answers of a child to ``request``.

    Raises:
        UnreadableFileError: the workbook is refused, takes too long, or its parser died over it. The next workbook
            gets a new child.
    """
    children = _children
    with children.free:
        deadline = time.monotonic() + request.limits.seconds
        child, message = _first_answer(children, request, deadline)
        healthy = False
        try:
            while not isinstance(message, Finished):
                if isinstance(message, Refused):
                    healthy = True
                    raise UnreadableFileError(message.message, reason=message.reason, **message.details)
                yield message
                message = child.receive(deadline)
            healthy = not message.retire
        except TimeoutError:
            raise _too_slow(request) from None
        except _ChildDiedError:
            raise _died(child.end(), child.last_words) from None
        finally:
            if healthy:
                children.give_back(child)
            else:
                child.end()


def _first_answer(children: _Children, request: ParseRequest, deadline: float) -> tuple[_Child, Answer]:
    """A child and its first answer; one that was killed between two files is replaced by a new one."""
    child, reused = children.take()
    try:
        child.send(request, deadline)
        return child, child.receive(deadline)
    except TimeoutError:
        child.end()
        raise _too_slow(request) from None
    except _ChildDiedError:
        status = child.end()
        if reused:
            return _first_answer(children, request, deadline)
        raise _died(status, child.last_words) from None


def _too_slow(request: ParseRequest) -> UnreadableFileError:
    return UnreadableFileError(
        f"The workbook took longer than {request.limits.seconds:g} seconds to read and was given up. Delete unused "
        "rows, columns and sheets, split it, or send the table as .csv.",
        reason="too_slow",
        seconds=str(request.limits.seconds),
    )


def _died(status: int, last_words: str) -> UnreadableFileError:
    aborted_for_memory = status == -signal.SIGABRT and _NO_MEMORY in last_words
    if aborted_for_memory or status in (-signal.SIGKILL, -signal.SIGSEGV):
        return UnreadableFileError(TOO_LARGE, reason="too_large")
    return UnreadableFileError(
        "The workbook's content is not as its format demands, and its parser gave up. Open it in a spreadsheet "
        "program, save it again and send it.",
        reason="damaged",
    )
