"""The configured sources: rows of ``budget_data_source_config``, with their secrets sealed.

In: ``Database``. Out: ``SourceConfiguration`` without secrets, and the ``Source`` that one opens with it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import ConfigurationError, ConflictError, NotFoundError
from budget_sync.sources.master_keys import open_keyring
from budget_sync.sources.protocol import Source
from budget_sync.sources.schedule import Schedule
from budget_sync.sources.secrets import Owner
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

SFTP = "sftp"
_SELECT: Final = (
    "SELECT s.id, s.customer_id, c.slug, s.name, s.source_type, s.configuration, s.poll_seconds, s.cron, s.active,"
    " s.last_sync_at, s.last_error, s.consecutive_failures"
    " FROM budget_data_source_config s JOIN customer c ON c.id = s.customer_id"
)


class _Stored(msgspec.Struct, frozen=True):
    """The column ``configuration``: how to connect, and what the import assumes where a file is silent."""

    connection: SftpConfiguration
    department: str | None = None
    fiscal_period: str | None = None
    currency: str | None = None
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class SourceConfiguration:
    """One source, nothing secret. ``customer`` is the customer's slug.

    Looked at every ``poll_seconds``, or by ``cron``, where there is one, in ``time_zone``.
    """

    id: UUID
    customer_id: UUID
    customer: str
    name: str
    source_type: str
    connection: SftpConfiguration
    poll_seconds: int
    cron: str | None = None
    time_zone: str = "UTC"
    active: bool = True
    last_sync_at: datetime | None = None
    last_error: str | None = None
    consecutive_failures: int = 0
    defaults: Defaults = field(default_factory=Defaults)


def add_source(
    database: Database,
    customer_id: UUID,
    connection: SftpConfiguration,
    secrets: SftpSecrets,
    *,
    name: str | None = None,
    defaults: Defaults | None = None,
    poll_seconds: int = 60,
    cron: str | None = None,
    time_zone: str = "UTC",
) -> UUID:
    """Store a source; it is due at once. The name, unique for the customer, is the host where none is given.

    Raises:
        ConfigurationError: a value of the configuration, the schedule or its time zone cannot be.
        ConflictError: the customer has a source of this name.
    """
    name = name or connection.host
    said = defaults or Defaults()
    if cron is not None:
        Schedule.parse(cron, time_zone)
    stored = _checked(_Stored(connection, said.department, said.fiscal_period, said.currency, time_zone))
    with database.tenant(customer_id) as session:
        source_id: UUID = only_row(session.execute("SELECT uuidv7()"))[0]
        sealed = open_keyring(database.settings).seal(msgspec.json.encode(secrets), Owner(customer_id, source_id))
        try:
            session.execute(
                "INSERT INTO budget_data_source_config"
                " (id, customer_id, name, source_type, configuration, secrets, poll_seconds, cron)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                (source_id, customer_id, name, SFTP, _as_json(stored), sealed.encode(), poll_seconds, cron),
            )
        except psycopg.errors.UniqueViolation as error:
            raise ConflictError(f"There is a source {name!r} already. Give this one another name.") from error
    return source_id


def list_sources(database: Database, customer_id: UUID) -> list[SourceConfiguration]:
    """The customer's sources by name."""
    with database.tenant(customer_id) as session:
        rows = session.execute(f"{_SELECT} ORDER BY s.name").fetchall()
    return [_from_row(row) for row in rows]


def find_source(database: Database, customer_id: UUID, source_id: UUID) -> SourceConfiguration:
    """One source of the customer.

    Raises:
        NotFoundError: the customer has none of this id.
    """
    with database.tenant(customer_id) as session:
        row = session.execute(f"{_SELECT} WHERE s.id = %s", (source_id,)).fetchone()
    if row is None:
        raise NotFoundError("This customer has no such source.")
    return _from_row(row)


def open_source(database: Database, configuration: SourceConfiguration) -> Source:
    """What lists and fetches the source's files; its secrets are unsealed here and nowhere else.

    Raises:
        ConfigurationError: the secrets do not open.
    """
    from budget_sync.sources.sftp import SftpSource  # noqa: PLC0415 - paramiko costs 0.2 s, and lists need none of it

    with database.tenant(configuration.customer_id) as session:
        row = session.execute(
            "SELECT secrets FROM budget_data_source_config WHERE id = %s", (configuration.id,)
        ).fetchone()
    if row is None or row[0] is None:
        raise ConfigurationError(f"The source {configuration.name} has no credentials. Store them anew.")
    owner = Owner(configuration.customer_id, configuration.id)
    opened = open_keyring(database.settings).open(bytes(row[0]).decode(), owner)
    return SftpSource(configuration.connection, msgspec.json.decode(opened, type=SftpSecrets))


def _checked(stored: _Stored) -> _Stored:
    """A struct checks its values only when it is read; what could not be read again must not be written."""
    try:
        return msgspec.convert(msgspec.to_builtins(stored), _Stored)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"This source cannot be configured so: {error}.") from error


def _as_json(stored: _Stored) -> str:
    return msgspec.json.encode(stored).decode()


def _from_row(row: tuple[Any, ...]) -> SourceConfiguration:
    source_id, customer_id, slug, name, source_type, configuration, poll_seconds, cron, active, *look = row
    stored = msgspec.convert(configuration, _Stored)
    return SourceConfiguration(
        id=source_id,
        customer_id=customer_id,
        customer=slug,
        name=name,
        source_type=source_type,
        connection=stored.connection,
        poll_seconds=poll_seconds,
        cron=cron,
        time_zone=stored.time_zone,
        active=active,
        last_sync_at=look[0],
        last_error=look[1],
        consecutive_failures=look[2],
        defaults=Defaults(stored.department, stored.fiscal_period, stored.currency),
    )
