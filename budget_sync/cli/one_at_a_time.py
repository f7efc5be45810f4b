"""One program of a kind in a home folder: a locked file that names the process, given back however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from budget_sync.domain.errors import ConflictError
from budget_sync.settings import usable_home


@contextmanager
def alone_in(home: Path, kind: str) -> Iterator[None]:
    """Nobody else runs this ``kind`` of program (``demo``, ``up``) in the folder until the block ends.

    Raises:
        ConflictError: somebody does.
        ConfigurationError: the folder cannot be made.
    """
    with usable_home(home):
        lock = (home / f"{kind}.lock").open("a+")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ConflictError(
                f"'budget-sync {kind}' already runs in {home.resolve()} (process {lock.read().strip() or 'unknown'}). "
                "Stop it with Ctrl-C, or start this one with another BUDGET_SYNC_HOME."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
