"""The parent of the embedded PostgreSQL: starts it, and stops it when nobody uses it any more.

Runs as a program of its own with the standard library alone (``python -I -S``), detached from the terminal, so
that neither Ctrl-C nor kill -9 of the process that wanted a database reaches the server. In: the paths on the
command line. It waits for the exclusive lock on the users file, which the kernel grants when the last user
is gone, however it went; then it asks the server for a fast shutdown.
"""

import fcntl
import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_RETRIES = 20  # a killed server's children may hold its shared memory for a moment
_RETRY_SECONDS = 0.1
_REFUSED = 1  # how PostgreSQL ends when it cannot start
_STARTED_SECONDS = 1.0  # a server that ends sooner did not start


def main() -> None:
    """Detach, then guard: ``postgres data_folder users_lock start_lock log given_up user``."""
    if os.fork():
        os._exit(0)
    os.setsid()
    postgres, data, users_lock, start_lock, log, given_up, user = sys.argv[1:]
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for standard in (1, 2):
        os.dup2(output, standard)
    server = _start([postgres, "-D", data], user or None)
    if server is None:
        Path(given_up).touch()
        return
    _wait_for_last_user(server, users_lock, start_lock)


def _start(command: list[str], user: str | None) -> "subprocess.Popen[bytes] | None":
    rights: dict[str, Any] = {}
    if user:
        rights = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    for _ in range(_RETRIES):
        server = subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, **rights)
        try:
            if server.wait(_STARTED_SECONDS) != _REFUSED:
                return server  # started, and was stopped or killed already
        except subprocess.TimeoutExpired:
            return server
        time.sleep(_RETRY_SECONDS)
    return None


def _wait_for_last_user(server: "subprocess.Popen[bytes]", users_lock: str, start_lock: str) -> None:
    signal.signal(signal.SIGCHLD, lambda *_: _leave_if_ended(server))
    users = os.open(users_lock, os.O_RDWR)
    start = os.open(start_lock, os.O_RDWR)
    while server.poll() is None:
        fcntl.flock(users, fcntl.LOCK_EX)  # sleeps until nobody shares it
        fcntl.flock(users, fcntl.LOCK_UN)
        fcntl.flock(start, fcntl.LOCK_EX)  # nobody joins from here on
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # somebody joined in between
        else:
            if server.poll() is None:
                server.send_signal(signal.SIGINT)  # fast shutdown
                server.wait()
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            fcntl.flock(start, fcntl.LOCK_UN)


def _leave_if_ended(server: "subprocess.Popen[bytes]") -> None:
    """Bury a server that was stopped or killed, while this process sleeps on the lock; else its number stays taken."""
    if server.poll() is not None:
        os._exit(0)


if __name__ == "__main__":
    main()
