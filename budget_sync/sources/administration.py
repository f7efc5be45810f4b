"""How sources come to be, change and go: each is one transaction with its row in the audit log.

In: what a person says of a source. Out: its row, secrets sealed. What could not be read again is not written; secrets
never go to another server than the one they were given for.
"""

import re
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg

from budget_sync.database import Connection, Database
from budget_sync.database.audit_log import record
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConfigurationError, ConflictError, StaleVersionError
from budget_sync.sources.configuration import (
    DEFAULT_POLL_SECONDS,
    SourceConfiguration,
    StoredConfiguration,
    allowed_by,
    read_source,
)
from budget_sync.sources.kinds import ConnectionConfiguration, SourceSecrets, kind_of
from budget_sync.sources.master_keys import open_keyring
from budget_sync.sources.options import SourceOptions
from budget_sync.sources.schedule import Schedule
from budget_sync.sources.secrets import Owner

_CONTROL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\[bfnrtu]")  # as JSON writes them; PostgreSQL takes no NUL
_INSERT: Final = """
INSERT INTO budget_data_source_config
    (id, customer_id, name, source_type, configuration, secrets, poll_seconds, cron, active)
VALUES (%(id)s, %(customer)s, %(name)s, %(type)s, %(configuration)s, %(secrets)s, %(poll_seconds)s, %(cron)s,
    %(active)s)
"""
_UPDATE: Final = """
UPDATE budget_data_source_config SET name = %(name)s, source_type = %(type)s, configuration = %(configuration)s,
    secrets = coalesce(%(secrets)s, secrets), poll_seconds = %(poll_seconds)s, cron = %(cron)s, active = %(active)s,
    version = version + 1, updated_at = clock_timestamp(), next_due_at = clock_timestamp(), last_error = NULL,
    consecutive_failures = 0
WHERE id = %(id)s
"""


def add_source(
    database: Database,
    customer_id: UUID,
    connection: ConnectionConfiguration,
    secrets: SourceSecrets,
    *,
    name: str | None = None,
    options: SourceOptions | None = None,
    poll_seconds: int = DEFAULT_POLL_SECONDS,
    cron: str | None = None,
    time_zone: str = "UTC",
    active: bool = True,
    actor: str | None = None,
) -> UUID:
    """Store a source; it is due at once. Its name, unique for the customer, is suggested by where it is.

    Raises:
        ConfigurationError: a value of the configuration, the secrets, the schedule or its time zone cannot be.
        ConflictError: the customer has a source of this name.
    """
    with database.tenant(customer_id) as session:
        source_id: UUID = only_row(session.execute("SELECT uuidv7()"))[0]
        new = SourceConfiguration(
            id=source_id,
            customer_id=customer_id,
            customer="",
            name=name or connection.suggested_name,
            connection=connection,
            poll_seconds=poll_seconds,
            cron=cron,
            time_zone=time_zone,
            active=active,
            options=options or SourceOptions(),
        )
        connection.check(allowed_by(database))
        _write(session, _INSERT, new, _sealed(database, new, secrets))
        _audit(session, new, actor, "source.create")
    return source_id


def change_source(
    database: Database, changed: SourceConfiguration, secrets: SourceSecrets | None, *, actor: str | None = None
) -> SourceConfiguration:
    """Make the source as ``changed`` has it, if its ``version`` is still the stored one; it is due at once.

    Raises:
        NotFoundError: the customer has no such source.
        StaleVersionError: somebody changed it since.
        ConfigurationError: a value cannot be, or secrets would go to another server than they were given for.
        ConflictError: the customer has another source of this name.
    """
    with database.tenant(changed.customer_id) as session:
        stored = read_source(session, changed.id, lock=True)
        _require_version(stored, changed.version)
        if stored.connection != changed.connection:
            changed.connection.check(allowed_by(database))
        _same_destination(stored.connection, changed.connection, secrets)
        _write(session, _UPDATE, changed, _sealed(database, changed, secrets) if secrets else None)
        now = read_source(session, changed.id)
        _audit(session, now, actor, "source.change")
        return now


def delete_source(
    database: Database, customer_id: UUID, source_id: UUID, version: int, *, actor: str | None = None
) -> None:
    """Forget the source, its secrets and which of its files were seen; what it loaded stays, and so does its history.

    Raises:
        NotFoundError: the customer has no such source.
        StaleVersionError: somebody changed it since.
    """
    with database.tenant(customer_id) as session:
        stored = read_source(session, source_id, lock=True)
        _require_version(stored, version)
        session.execute("DELETE FROM budget_data_source_config WHERE id = %s", (source_id,))
        _audit(session, stored, actor, "source.delete")


def _require_version(stored: SourceConfiguration, version: int) -> None:
    if stored.version != version:
        raise StaleVersionError(
            "Somebody changed this source since you read it. Read it again.", version=stored.version
        )


def _same_destination(
    stored: ConnectionConfiguration, changed: ConnectionConfiguration, secrets: SourceSecrets | None
) -> None:
    """Whoever may change a source may not thereby read its password: it would be sent to a server of his own."""
    if secrets is None and (kind_of(stored), stored.destination) != (kind_of(changed), changed.destination):
        raise ConfigurationError(
            "The source would show its credentials to another server than they were given for. Give them anew."
        )


def _sealed(database: Database, source: SourceConfiguration, secrets: SourceSecrets) -> bytes:
    plain = msgspec.json.encode(secrets)
    source.connection.secrets_from(plain)
    return open_keyring(database.settings).seal(plain, Owner(source.customer_id, source.id)).encode()


def _write(session: Connection, statement: str, source: SourceConfiguration, sealed: bytes | None) -> None:
    source.options.check()
    if source.cron is not None:
        Schedule.parse(source.cron, source.time_zone)
    values: dict[str, Any] = {
        "id": source.id,
        "customer": source.customer_id,
        "name": source.name,
        "type": source.source_type,
        "configuration": _readable(source.stored),
        "secrets": sealed,
        "poll_seconds": source.poll_seconds,
        "cron": source.cron,
        "active": source.active,
    }
    try:
        session.execute(statement, values)
    except psycopg.errors.UniqueViolation as error:
        raise ConflictError(f"There is a source {source.name!r} already. Give this one another name.") from error


def _readable(stored: StoredConfiguration) -> str:
    """As JSON. A struct checks its values only when it is read; what could not be read again must not be written."""
    written = msgspec.json.encode(stored)
    try:
        msgspec.json.decode(written, type=StoredConfiguration)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"The configuration of the source cannot be: {error}.") from error
    if _CONTROL.search(written):
        raise ConfigurationError("A text of the source's configuration holds a control character, or ends its line.")
    return written.decode()


class _Audited(msgspec.Struct, frozen=True):
    """What the audit log keeps of a source: no secret of it."""

    name: str
    type: str
    where: str


def _audit(session: Connection, source: SourceConfiguration, actor: str | None, action: str) -> None:
    details = _Audited(source.name, source.source_type, source.connection.describe())
    record(session, action, source.id, actor=actor, details=details)
