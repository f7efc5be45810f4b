"""The configured sources: rows of ``budget_data_source_config``, as they are read, and what one opens with them.

In: ``Database``. Out: ``SourceConfiguration`` without secrets, and the ``Source`` that one opens with it. How rows come
to be is in ``administration``.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from budget_sync.database import Connection, Database
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import ConfigurationError, NotFoundError
from budget_sync.sources.kinds import ConnectionConfiguration, kind_of
from budget_sync.sources.master_keys import open_keyring
from budget_sync.sources.options import SourceOptions
from budget_sync.sources.protocol import Allowed, Source
from budget_sync.sources.secrets import Owner

_SELECT: Final = (
    "SELECT s.id, s.customer_id, c.slug, c.fiscal_year_start, s.name, s.configuration, s.poll_seconds, s.cron,"
    " s.active, s.last_sync_at, s.last_error, s.consecutive_failures, s.version, s.created_at, s.updated_at"
    " FROM budget_data_source_config s JOIN customer c ON c.id = s.customer_id"
)
DEFAULT_POLL_SECONDS: Final = 4 * 3600


class StoredConfiguration(SourceOptions, frozen=True, rename="camel", kw_only=True, omit_defaults=True):
    """The column ``configuration``: how to connect, and the options."""

    connection: ConnectionConfiguration
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class SourceConfiguration:
    """One source, nothing secret. ``customer`` is the customer's slug.

    Looked at every ``poll_seconds``, or by ``cron``, where there is one, in ``time_zone``. ``version`` counts the
    changes that people made.
    """

    id: UUID
    customer_id: UUID
    customer: str
    name: str
    connection: ConnectionConfiguration
    poll_seconds: int = DEFAULT_POLL_SECONDS
    cron: str | None = None
    time_zone: str = "UTC"
    active: bool = True
    last_sync_at: datetime | None = None
    last_error: str | None = None
    consecutive_failures: int = 0
    options: SourceOptions = field(default_factory=SourceOptions)
    fiscal_year_start: int = 1
    version: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def source_type(self) -> str:
        """``sftp``, ``s3`` or ``sheets``."""
        return kind_of(self.connection)

    @property
    def stored(self) -> StoredConfiguration:
        """As the column holds it."""
        options = {name: getattr(self.options, name) for name in SourceOptions.__struct_fields__}
        return StoredConfiguration(connection=self.connection, time_zone=self.time_zone, **options)

    def defaults_of(self, file_name: str) -> Defaults:
        """What counts where this file is silent."""
        return self.options.defaults_of(file_name, self.fiscal_year_start)


def list_sources(
    database: Database, customer_id: UUID, limit: int | None = None, after: str = ""
) -> list[SourceConfiguration]:
    """The customer's sources by name, those behind the name ``after``, ``limit`` at most."""
    with database.tenant(customer_id) as session:
        rows = session.execute(f"{_SELECT} WHERE s.name > %s ORDER BY s.name LIMIT %s", (after, limit)).fetchall()
    return [_from_row(row) for row in rows]


def find_source(database: Database, customer_id: UUID, source_id: UUID) -> SourceConfiguration:
    """One source of the customer.

    Raises:
        NotFoundError: the customer has none of this id.
    """
    with database.tenant(customer_id) as session:
        return read_source(session, source_id)


def read_source(session: Connection, source_id: UUID, *, lock: bool = False) -> SourceConfiguration:
    """One source of the customer whose transaction this is; ``lock``: nobody changes it before the transaction ends.

    Raises:
        NotFoundError: the customer has none of this id.
    """
    row = session.execute(f"{_SELECT} WHERE s.id = %s{' FOR UPDATE OF s' if lock else ''}", (source_id,)).fetchone()
    if row is None:
        raise NotFoundError("This customer has no such source.")
    return _from_row(row)


def open_source(database: Database, configuration: SourceConfiguration) -> Source:
    """What lists and fetches the source's files; its secrets are unsealed here and nowhere else.

    Raises:
        ConfigurationError: the secrets do not open, or the operator does not allow what the source wants.
    """
    with database.tenant(configuration.customer_id) as session:
        row = session.execute(
            "SELECT secrets FROM budget_data_source_config WHERE id = %s", (configuration.id,)
        ).fetchone()
    if row is None or row[0] is None:
        raise ConfigurationError(f"The source {configuration.name} has no credentials. Store them anew.")
    owner = Owner(configuration.customer_id, configuration.id)
    opened = open_keyring(database.settings).open(bytes(row[0]).decode(), owner)
    return configuration.connection.open(opened, allowed_by(database))


def allowed_by(database: Database) -> Allowed:
    """What the installation lets its sources do."""
    settings = database.settings
    return Allowed(settings.reachable_networks(), settings.allow_environment_identity)


def _from_row(row: tuple[Any, ...]) -> SourceConfiguration:
    source_id, customer_id, slug, year_start, name, configuration, poll_seconds, cron, active, *look, version = row[:13]
    stored = msgspec.convert(configuration, StoredConfiguration)
    options = {each: getattr(stored, each) for each in SourceOptions.__struct_fields__}
    return SourceConfiguration(
        id=source_id,
        customer_id=customer_id,
        customer=slug,
        name=name,
        connection=stored.connection,
        poll_seconds=poll_seconds or DEFAULT_POLL_SECONDS,
        cron=cron,
        time_zone=stored.time_zone,
        active=active,
        last_sync_at=look[0],
        last_error=look[1],
        consecutive_failures=look[2],
        options=SourceOptions(**options),
        fiscal_year_start=year_start,
        version=version,
        created_at=row[13],
        updated_at=row[14],
    )
