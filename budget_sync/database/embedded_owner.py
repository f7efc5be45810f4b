"""Whose the embedded PostgreSQL is: our own user's, or a system user's where we are root, as whom it refuses to run.

The folders above the cluster then get the right to be walked through, and nothing more.
"""

import logging
import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import Any

from budget_sync.domain.errors import ConfigurationError, DatabaseUnavailableError

_SYSTEM_USER = "pgserver"
_log = logging.getLogger(__name__)


def server_user() -> str | None:
    """The user that the server runs as, None for our own."""
    return _SYSTEM_USER if os.geteuid() == 0 else None


def server_uid() -> int:
    """The number of the user that the server runs as."""
    return pwd.getpwnam(_SYSTEM_USER).pw_uid if os.geteuid() == 0 else os.geteuid()


def give_to_server(folder: Path) -> None:
    """Make the server's user the folder's owner; as root that user is added where there is none.

    Raises:
        ConfigurationError: it cannot be added.
    """
    if os.geteuid() == 0:
        try:
            entry = pwd.getpwnam(_SYSTEM_USER)
        except KeyError:
            entry = _add_system_user()
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _add_system_user() -> pwd.struct_passwd:
    try:
        subprocess.run(["useradd", "--system", _SYSTEM_USER], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ConfigurationError(
            f"PostgreSQL does not run as root, and the user {_SYSTEM_USER!r} could not be added. Add it with "
            f"'useradd {_SYSTEM_USER}', run as another user, or set BUDGET_SYNC_DATABASE_URL."
        ) from error
    return pwd.getpwnam(_SYSTEM_USER)


def let_server_walk_to(*paths: Path) -> None:
    """Open the folders above these for walking through, where they are root's, and say of each that it was."""
    if os.geteuid() != 0:
        return
    for leaf in paths:
        for parent in leaf.parents:
            if parent.stat().st_uid == 0 and not parent.stat().st_mode & stat.S_IXOTH:
                parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
                _log.warning(
                    "Opened %s for walking through (chmod o+x): the embedded PostgreSQL runs as %s, not as root. Set "
                    "BUDGET_SYNC_HOME to a folder that others may walk to, or BUDGET_SYNC_DATABASE_URL, to have none "
                    "opened.",
                    parent,
                    _SYSTEM_USER,
                )


def run_as_server(*command: str) -> None:
    """Run a program as the server's user, to its end.

    Raises:
        DatabaseUnavailableError: it failed; the message is its own.
    """
    rights: dict[str, Any] = {}
    if user := server_user():
        rights = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **rights)
    if done.returncode != 0:
        raise DatabaseUnavailableError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")
