"""Ends the process groups of a parent that died without ending them itself (kill -9, out of memory).

Runs as a program of its own with the standard library alone (``python -I -S``), in a session of its own. In, on
standard input: ``+<group>`` from a group that begins, ``-<group>`` from the parent when it has ended one. The kernel
closes that pipe however the parent goes; then what is left is asked to end, and after a while made to.
"""

import contextlib
import os
import signal
import sys
import time

_GRACE_SECONDS = 5.0
_POLL_SECONDS = 0.1


def main() -> None:
    """Follow the list of groups until the parent is gone, then end those that are left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        groups.add(group) if line[0] == "+" else groups.discard(group)
    _end(groups)


def _end(groups: set[int]) -> None:
    for group in groups:
        _signal(group, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_SECONDS
    while any(_signal(group, 0) for group in groups) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    """Whether there was still somebody to receive it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main()
