"""Tables and roles brought to the state that this version of the program needs.

In: ``Settings`` whose URL may create roles and databases. Out: the upgraded database. Safe to run twice and by
several processes at once: an advisory lock of the server lets one work while the others wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from budget_sync.database.addresses import DAGSTER_DATABASE, Addresses, open_addresses
from budget_sync.database.roles import CREATE_ROLES, LET_PROGRAM_LOG_IN
from budget_sync.domain.errors import DatabaseUnavailableError
from budget_sync.settings import Settings

_MIGRATIONS = Path(__file__).with_name("migrations")
_ADVISORY_LOCK = 7_264_035_118


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """``current`` None: no tables yet. Revisions are the numbers of the migrations (``0001``)."""

    current: str | None
    newest: str

    @property
    def up_to_date(self) -> bool:
        """Whether this version of the program can work with it."""
        return self.current == self.newest


def migrate(settings: Settings) -> MigrationStatus:
    """Make the databases and roles where missing, and upgrade the tables; the state afterwards.

    Raises:
        DatabaseUnavailableError: the server does not answer.
    """
    with _addresses(settings) as addresses, _connect(addresses.maintenance_conninfo) as maintenance:
        maintenance.execute("SELECT pg_advisory_lock(%s)", (_ADVISORY_LOCK,))
        for name in (addresses.main, DAGSTER_DATABASE):
            _create_database(maintenance, name)
        maintenance.execute(CREATE_ROLES)
        if settings.database_url is None:
            maintenance.execute(LET_PROGRAM_LOG_IN)
        _upgrade(addresses)
        return _status(addresses)


def migration_status(settings: Settings) -> MigrationStatus:
    """What is there and what there should be, changing nothing.

    Raises:
        DatabaseUnavailableError: the server does not answer.
    """
    with _addresses(settings) as addresses:
        return _status(addresses)


def newest_migration() -> str:
    """The number of the newest migration that this version of the program brings (``0002``)."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


@contextmanager
def _addresses(settings: Settings) -> Iterator[Addresses]:
    addresses, server = open_addresses(settings)
    try:
        yield addresses
    finally:
        if server is not None:
            server.leave()


def _connect(conninfo: str) -> "psycopg.Connection[tuple[object, ...]]":
    try:
        return psycopg.connect(conninfo, autocommit=True)
    except psycopg.OperationalError as error:
        raise DatabaseUnavailableError(f"The database does not answer: {error}") from error


def _create_database(maintenance: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    if not _exists(maintenance, name):
        maintenance.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _exists(maintenance: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    return maintenance.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def _upgrade(addresses: Addresses) -> None:
    from alembic import command  # noqa: PLC0415  # 0.3 s that only a migration needs
    from alembic.config import Config  # noqa: PLC0415  # as above
    from sqlalchemy import create_engine  # noqa: PLC0415  # as above

    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(addresses.admin_conninfo))
    try:
        with engine.connect() as connection:
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
    finally:
        engine.dispose()


def _status(addresses: Addresses) -> MigrationStatus:
    current = None
    with _connect(addresses.maintenance_conninfo) as maintenance:
        if not _exists(maintenance, addresses.main):
            return MigrationStatus(None, newest_migration())
    try:
        with _connect(addresses.admin_conninfo) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            current = str(found[0]) if found else None
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        pass  # no tables yet
    return MigrationStatus(current, newest_migration())
