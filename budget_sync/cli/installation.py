"""The installation that a command works on: its settings, and its database, open.

In: the environment. Out: ``Settings`` and ``Database``. A database of our own is brought up to date on the way, since
nobody else does; a configured one is the operator's, who upgrades it with ``db upgrade``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from budget_sync.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from budget_sync.database import Database
    from budget_sync.settings import Settings


def settings_of_environment() -> "Settings":
    """The settings of this process.

    Raises:
        ConfigurationError: a variable holds what it cannot.
    """
    from pydantic import ValidationError

    from budget_sync.settings import load_settings

    try:
        return load_settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(
            f"The setting {_variable(str(first['loc'][0]))} does not fit: {first['msg']}."
        ) from error


def _variable(name: str) -> str:
    """The environment variable behind a setting, which is told by its own name or by that of the variable."""
    return name if name.isupper() else f"BUDGET_SYNC_{name.upper()}"


@contextmanager
def open_database() -> Iterator["Database"]:
    """The database of the installation.

    Raises:
        DatabaseUnavailableError: it does not answer.
    """
    from budget_sync.database import Database, migrate, migration_status

    settings = settings_of_environment()
    with Database.open(settings) as database:
        if settings.database_url is None and not migration_status(settings).up_to_date:
            migrate(settings)
        yield database
