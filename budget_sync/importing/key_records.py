"""A customer's API keys as they are administered: listed, made, changed, revoked, rotated, each with its audit row.

In: a connection whose transaction sees one customer, and the pepper of the installation. Out: ``KeyRecord`` without any
secret; the key itself comes out once, when it is made. A change names the version that it was made from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.audit_log import record as record_audit
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConflictError, NotFoundError, StaleVersionError
from budget_sync.importing.key_text import key_digest, known_scopes, new_key

_COLUMNS = "id, key_id, label, scopes, created_by, created_at, expires_at, revoked_at, version, use_count, last_used_at"
_LIST = f"""
SELECT {_COLUMNS} FROM api_key WHERE id < coalesce(%s, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
ORDER BY id DESC LIMIT %s
"""  # noqa: S608 - constants
_READ = f"SELECT {_COLUMNS} FROM api_key WHERE id = %s"  # noqa: S608 - constants
_LABELS = "SELECT key_id, label FROM api_key WHERE label <> '' AND key_id = ANY(%s)"
_CREATE = f"""
INSERT INTO api_key (key_id, customer_id, digest, label, scopes, expires_at, created_by)
VALUES (%s, current_setting('app.customer_id')::uuid, %s, %s, %s, %s, %s) RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_CHANGE = f"""
UPDATE api_key SET label = %s, scopes = %s, expires_at = %s, version = version + 1 WHERE id = %s AND version = %s
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_REVOKE = f"""
UPDATE api_key SET revoked_at = now(), version = version + 1 WHERE id = %s AND revoked_at IS NULL RETURNING {_COLUMNS}
"""  # noqa: S608 - constants


class KeyRecord(msgspec.Struct, frozen=True, rename="camel"):
    """A key as it is listed. ``use_count`` and ``last_used_at`` are a few seconds behind."""

    id: UUID
    key_id: str
    label: str
    scopes: list[str]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    version: int
    use_count: int
    last_used_at: datetime | None


class MadeKey(msgspec.Struct, frozen=True, rename="camel"):
    """A new key: the text that is shown this once, and its record."""

    key: str
    record: KeyRecord


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a key may do and until when; ``expires_at`` None: without an end."""

    label: str
    scopes: list[str]
    expires_at: datetime | None = None


def list_key_records(connection: Connection, limit: int, before: UUID | None = None) -> list[KeyRecord]:
    """At most so many, the newest first, revoked ones too; ``before``: the last one of the page before."""
    return [KeyRecord(*row) for row in connection.execute(_LIST, (before, limit)).fetchall()]


def read_key(connection: Connection, record_id: UUID) -> KeyRecord:
    """One key.

    Raises:
        NotFoundError: the customer has no such key.
    """
    row = connection.execute(_READ, (record_id,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such key.")
    return KeyRecord(*row)


def key_labels(connection: Connection, key_ids: Iterable[str]) -> dict[str, str]:
    """The labels of those that are keys of the customer and have one."""
    return dict(connection.execute(_LABELS, (list(key_ids),)).fetchall())


def make_key(connection: Connection, pepper: bytes, terms: KeyTerms, actor: str | None) -> MadeKey:
    """Make a key; it cannot be shown again.

    Raises:
        InvalidRequestError: a scope is not known.
    """
    parts = new_key()
    values = (parts.key_id, key_digest(pepper, parts), terms.label, known_scopes(terms.scopes), terms.expires_at)
    record = KeyRecord(*only_row(connection.execute(_CREATE, (*values, actor or "system"))))
    _audit(connection, "key.create", record, actor)
    return MadeKey(parts.text, record)


def change_key(connection: Connection, record_id: UUID, version: int, terms: KeyTerms, actor: str) -> KeyRecord:
    """Other terms from now on.

    Raises:
        NotFoundError: the customer has no such key.
        StaleVersionError: somebody changed it since.
        InvalidRequestError: a scope is not known.
        ConflictError: it is revoked.
    """
    require_good(read_key(connection, record_id))
    values = (terms.label, known_scopes(terms.scopes), terms.expires_at, record_id, version)
    row = connection.execute(_CHANGE, values).fetchone()
    if row is None:
        now = read_key(connection, record_id).version
        raise StaleVersionError("Somebody changed this key since you read it. Read it again.", version=now)
    record = KeyRecord(*row)
    _audit(connection, "key.change", record, actor)
    return record


def revoke(connection: Connection, record_id: UUID, actor: str | None) -> None:
    """Make a key worthless from now on; twice is no error.

    Raises:
        NotFoundError: the customer has no such key.
    """
    read_key(connection, record_id)
    row = connection.execute(_REVOKE, (record_id,)).fetchone()
    if row is not None:
        _audit(connection, "key.revoke", KeyRecord(*row), actor)


def rotate(connection: Connection, pepper: bytes, record_id: UUID, grace: timedelta, actor: str) -> MadeKey:
    """A new key with the same label and scopes; the old one is good for the time of grace, or its own if shorter.

    Raises:
        NotFoundError: the customer has no such key.
        ConflictError: it is revoked.
    """
    old = require_good(read_key(connection, record_id))
    end = datetime.now(UTC) + grace
    until = min(end, old.expires_at) if old.expires_at else end
    change_key(connection, record_id, old.version, KeyTerms(old.label, old.scopes, until), actor)
    return make_key(connection, pepper, KeyTerms(old.label, old.scopes, old.expires_at), actor)


def require_good(record: KeyRecord) -> KeyRecord:
    """The key, where it is not revoked.

    Raises:
        ConflictError: it is.
    """
    if record.revoked_at is not None:
        raise ConflictError("This key is revoked, which is for good. Make a new one.", code="key_revoked")
    return record


class _Audited(msgspec.Struct, frozen=True, rename="camel"):
    """What the audit log keeps of a key."""

    key_id: str
    label: str
    scopes: list[str]
    expires_at: datetime | None


def _audit(connection: Connection, action: str, record: KeyRecord, actor: str | None) -> None:
    details = _Audited(record.key_id, record.label, record.scopes, record.expires_at)
    record_audit(connection, action, record.id, actor=actor, details=details)
