"""Spellings of names as they are administered: what a person answered, each with its row in the audit log.

In: a connection whose transaction sees one customer. Out: ``ValueAlias``.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.audit_log import record as record_audit
from budget_sync.domain.errors import ConflictError, NotFoundError, StaleVersionError
from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name, fold_name

_COLUMNS = "id, field, alias, name, created_by, created_at, updated_at, version"
_LIST = f"""
SELECT {_COLUMNS} FROM value_alias
WHERE %(field)s::text IS NULL OR (field, alias_key) > (%(field)s, %(key)s) ORDER BY field, alias_key LIMIT %(limit)s
"""  # noqa: S608 - constants
_READ = f"SELECT {_COLUMNS} FROM value_alias WHERE id = %s"  # noqa: S608 - constants
_CREATE = f"""
INSERT INTO value_alias (customer_id, field, alias, alias_key, name, created_by)
VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s, %s)
ON CONFLICT (customer_id, field, alias_key) DO NOTHING RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_CHANGE = f"""
UPDATE value_alias SET name = %s, updated_at = now(), version = version + 1
WHERE id = %s AND version = %s RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_DELETE = f"DELETE FROM value_alias WHERE id = %s AND version = %s RETURNING {_COLUMNS}"  # noqa: S608 - constants


class ValueAlias(msgspec.Struct, frozen=True, rename="camel"):
    """``alias`` in a file is the department or sub-category ``name``; equal to it: a name of its own."""

    id: UUID
    field: TargetField
    alias: str
    name: str
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


def list_aliases(
    connection: Connection, limit: int | None = None, after: tuple[str, ...] | None = None
) -> list[ValueAlias]:
    """At most so many, by field and spelling; ``after``: the place of the last one of the page before. None: all."""
    field, key = after or (None, None)
    rows = connection.execute(_LIST, {"field": field, "key": key, "limit": limit}).fetchall()
    return [_alias(row) for row in rows]


def place_of(alias: ValueAlias) -> tuple[str, str]:
    """What orders the aliases."""
    return alias.field.value, fold_name(alias.alias)


def read_alias(connection: Connection, alias_id: UUID) -> ValueAlias:
    """One alias.

    Raises:
        NotFoundError: the customer has no such alias.
    """
    row = connection.execute(_READ, (alias_id,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such alias.")
    return _alias(row)


def create_alias(connection: Connection, field: TargetField, alias: str, name: str, user: str) -> ValueAlias:
    """Remember what a spelling stands for; lines that are loaded already stay as they are.

    Raises:
        ConflictError: the spelling stands for something already.
    """
    values = (field.value, clean_name(alias), fold_name(alias), clean_name(name), user)
    row = connection.execute(_CREATE, values).fetchone()
    if row is None:
        raise ConflictError(f"{alias!r} stands for a name already. Change that alias.", alias=alias)
    made = _alias(row)
    _audit(connection, "alias_create", made, user)
    return made


def change_alias(connection: Connection, alias_id: UUID, version: int, name: str, user: str) -> ValueAlias:
    """Let a spelling stand for another name.

    Raises:
        NotFoundError: the customer has no such alias.
        StaleVersionError: somebody changed it since.
    """
    row = connection.execute(_CHANGE, (clean_name(name), alias_id, version)).fetchone()
    if row is None:
        raise _stale(read_alias(connection, alias_id))
    changed = _alias(row)
    _audit(connection, "alias_change", changed, user)
    return changed


def delete_alias(connection: Connection, alias_id: UUID, version: int, user: str) -> None:
    """Forget what a spelling stands for; a later file that bears it is asked about again.

    Raises:
        NotFoundError: the customer has no such alias.
        StaleVersionError: somebody changed it since.
    """
    row = connection.execute(_DELETE, (alias_id, version)).fetchone()
    if row is None:
        raise _stale(read_alias(connection, alias_id))
    _audit(connection, "alias_delete", _alias(row), user)


def _stale(alias: ValueAlias) -> StaleVersionError:
    return StaleVersionError("Somebody changed this alias since you read it. Read it again.", version=alias.version)


def _alias(row: tuple[Any, ...]) -> ValueAlias:
    alias_id, field, *rest = row
    return ValueAlias(alias_id, TargetField(field), *rest)


class _Audited(msgspec.Struct, frozen=True):
    alias: ValueAlias


def _audit(connection: Connection, action: str, alias: ValueAlias, user: str) -> None:
    record_audit(connection, action, alias.id, actor=user, details=_Audited(alias))
