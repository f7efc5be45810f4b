"""Ports on the loopback address: the one that is wished for, or a free one where it is taken.

A program needs seconds from its start until it listens. Meanwhile the port looks free to everybody; so whoever wants
a wished port locks a small file of that number first, and the kernel gives the lock back however the process ends. One
that was not killed removes its files.
"""

import fcntl
import os
import socket
import tempfile
from pathlib import Path
from typing import IO
from weakref import finalize


class Ports:
    """The ports of one process; they stay claimed as long as this object lives."""

    def __init__(self) -> None:
        self._claims: dict[Path, IO[bytes]] = {}
        finalize(self, _give_back, self._claims, os.getpid())

    def wished_or_free(self, host: str, port: int) -> int:
        """The wished port, or another where somebody listens on it or is about to."""
        return port if self._claim(port) and is_free(host, port) else free_port(host)

    def _claim(self, port: int) -> bool:
        path = Path(tempfile.gettempdir(), f"budget_sync-{os.getuid()}-port-{port}")
        try:
            claim = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b")
        except OSError:
            return False  # somebody else's file or link stands there: another port is as good
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.close()
            return False
        if not _is_still(path, claim):
            claim.close()
            return self._claim(port)  # its owner removed it between our two steps
        self._claims[path] = claim
        return True


def _is_still(path: Path, claim: IO[bytes]) -> bool:
    """Whether the path still leads to the file that was opened."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(claim.fileno()))
    except FileNotFoundError:
        return False


def _give_back(claims: dict[Path, IO[bytes]], owner: int) -> None:
    """Remove the files while their locks are held: whoever opened one meanwhile sees that it is not there any more."""
    for path, claim in claims.items():
        if os.getpid() == owner:
            path.unlink(missing_ok=True)
        claim.close()


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str) -> int:
    """A port that nobody uses at this moment; the kernel does not give it to the next who asks at once."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
