"""A PostgreSQL of our own for one home folder, shared by every process that works in it.

In: the home folder. Out: a share (``EmbeddedServer``) whose ``conninfo`` reaches the running server.
Whoever holds a share holds a shared lock on ``<home>/postgres/users``; the kernel gives it back however the
process ends. The last to leave stops the server; for those who were killed, ``embedded_guard`` does it.
"""

import atexit
import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from psycopg.conninfo import make_conninfo

from budget_sync.database.embedded_cluster import Cluster
from budget_sync.domain.errors import DatabaseUnavailableError

_START_SECONDS = 60.0
_POLL_SECONDS = 0.02
_GUARD = Path(__file__).with_name("embedded_guard.py")


class EmbeddedServer:
    """One share in the server of a home folder; ``leave`` gives it back, and so does the end of the process."""

    def __init__(self, cluster: Cluster, users_lock: int) -> None:
        self._cluster = cluster
        self._users_lock: int | None = users_lock
        self._owner_pid = os.getpid()
        atexit.register(self.leave)

    @classmethod
    def join(cls, home: Path) -> Self:
        """Take a share, making and starting the server where there is none yet.

        Raises:
            DatabaseUnavailableError: it did not come up within a minute; the message holds the end of its log.
        """
        cluster = Cluster(home.resolve())
        cluster.make_folder()
        with _exclusively(cluster.start_lock):
            users_lock = os.open(cluster.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(users_lock, fcntl.LOCK_SH)
                if not _answers(cluster):
                    _start(cluster)
            except BaseException:
                os.close(users_lock)
                raise
            return cls(cluster, users_lock)

    def conninfo(self, user: str, database: str) -> str:
        """A libpq connection string over the socket; no password, the folder admits nobody else."""
        return make_conninfo("", host=str(self._cluster.running_socket_folder()), user=user, dbname=database)

    @property
    def socket_folder(self) -> Path:
        """The folder of the Unix socket, which libpq takes as ``host``."""
        return self._cluster.running_socket_folder()

    def leave(self) -> None:
        """Give the share back; the last one stops the server and waits until it has stopped."""
        if self._users_lock is None or os.getpid() != self._owner_pid:
            return  # a forked child holds its parent's share only as long as the parent would
        users_lock, self._users_lock = self._users_lock, None
        atexit.unregister(self.leave)
        try:
            if not self._cluster.folder.exists():
                return  # somebody removed the home folder; the guard has stopped the server or will
            with _exclusively(self._cluster.start_lock), contextlib.suppress(BlockingIOError):
                fcntl.flock(users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._cluster.stop()
        finally:
            os.close(users_lock)


@contextlib.contextmanager
def _exclusively(path: Path) -> Iterator[None]:
    """Hold the lock under which the server is started and stopped."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _answers(cluster: Cluster) -> bool:
    """Whether a server of this folder takes connections; a killed one leaves its socket, and refuses."""
    if not cluster.pid_file.exists():
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(cluster.running_socket_folder() / ".s.PGSQL.5432"))
        except (OSError, ValueError):
            return False
    return True


def _start(cluster: Cluster) -> None:
    cluster.prepare()
    command = [sys.executable, "-I", "-S", str(_GUARD), *cluster.guard_arguments()]
    subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + _START_SECONDS
    while not cluster.is_ready():
        if time.monotonic() > deadline or cluster.has_given_up():
            raise DatabaseUnavailableError(
                f"The embedded PostgreSQL in {cluster.folder} did not start. The end of its log:\n{cluster.log_tail()}"
            )
        time.sleep(_POLL_SECONDS)
