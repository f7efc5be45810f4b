"""The child process that parses workbooks: ``python -m budget_sync.reading.workbook.worker``.

In: requests on standard input. Out: answers on standard output (``messages``). A parser that aborts takes only
this process with it. It imports nothing heavy, knows no secret of its parent, and ends when its parent does.
"""

import contextlib
import gc
import os
import resource
import select
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.messages import (
    LENGTH_BYTES,
    TOO_LARGE,
    Finished,
    ParseRequest,
    Refused,
    decode_request,
    frame,
)
from budget_sync.reading.workbook.sheets import parse_workbook

_LARGE = 300 * 1024 * 1024  # bytes of peak memory behind which a fresh child is the smaller one
_GRACE_SECONDS = 5  # the parent ends a late child first; this is for a parent that died
_STANDARD_INPUT = 0
_STATUS = Path("/proc/self/status")


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    gc.disable()  # rows hold no cycles, and to look for them took a tenth of the time of a large sheet
    requests, answers = sys.stdin.buffer, _private_output()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while head := requests.read(LENGTH_BYTES):
        request = decode_request(requests.read(int.from_bytes(head, "big")))
        _confine(request.limits)
        answer(request, answers)
        signal.alarm(0)


def answer(request: ParseRequest, answers: BinaryIO) -> None:
    """Write the answers to one request."""
    try:
        answers.writelines(_within(request.limits, map(frame, parse_workbook(request))))
        answers.write(frame(Finished(retire=_peak_memory() > _LARGE)))
    except UnreadableFileError as error:
        details = {name: value for name, value in error.details.items() if isinstance(value, str | int)}
        del details["reason"]
        answers.write(frame(Refused(error.reason, error.message, details)))
    except MemoryError:
        answers.write(frame(Refused("too_large", TOO_LARGE, {})))
    answers.flush()


def _within(limits: Limits, frames: Iterable[bytes]) -> Iterator[bytes]:
    """The frames, as long as their text stays within the limit."""
    size = 0
    for piece in frames:
        size += len(piece)
        if size > limits.text:
            raise UnreadableFileError(TOO_LARGE, reason="too_large", text=size)
        yield piece


def _peak_memory() -> int:
    """Bytes of this program alone; what ``getrusage`` tells on Linux begins with the size of the parent."""
    if _STATUS.exists():
        return int(_STATUS.read_text("ascii").partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _private_output() -> BinaryIO:
    """The pipe to the parent; what a parser prints goes nowhere instead of between the frames."""
    pipe = os.fdopen(os.dup(1), "wb", buffering=1024 * 1024)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipe


def _confine(limits: Limits) -> None:
    for what, size in ((resource.RLIMIT_AS, limits.address_space), (resource.RLIMIT_DATA, limits.memory)):
        with contextlib.suppress(ValueError, OSError):  # where the system knows no such limit, the time limit is left
            resource.setrlimit(what, (size, resource.getrlimit(what)[1]))
    signal.alarm(int(limits.seconds) + _GRACE_SECONDS)


def _end_with_parent() -> None:
    """End at once when the parent is gone, also in the middle of a file."""
    hang_up = select.poll()
    hang_up.register(_STANDARD_INPUT, 0)
    hang_up.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
