"""The audit log as it is read: the newest rows first, page by page, of one action, one actor, one thing, one time.

In: a connection whose transaction sees one customer. Out: ``AuditRow``; its details are the JSON as it was written.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from psycopg import sql

from budget_sync.database import Connection

_details = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)  # money keeps its digits
_CONDITIONS = {
    "action": "action = %(action)s",
    "actor": "actor = %(actor)s",
    "subject": "subject = %(subject)s",
    "since": "at >= %(since)s",
    "until": "at < %(until)s",
    "before": "id < %(before)s",
}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What a page may hold; None: anything. ``before``: the id of the last row of the page before."""

    action: str | None = None
    actor: str | None = None
    subject: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


class AuditRow(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody did something. ``actor``: the id of a key, a user, or ``system``."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: UUID | None
    details: dict[str, Any]


def list_audit(connection: Connection, wanted: AuditFilter, limit: int) -> list[AuditRow]:
    """At most so many rows, the newest first."""
    parameters = {name: getattr(wanted, name) for name in _CONDITIONS}
    conditions = [sql.SQL(text) for name, text in _CONDITIONS.items() if parameters[name] is not None]
    where = sql.SQL(" AND ").join([sql.SQL("true"), *conditions])
    query = sql.SQL(
        "SELECT id, at, actor, action, subject, details::text FROM audit_log WHERE {} ORDER BY id DESC LIMIT %(limit)s"
    ).format(where)
    rows = connection.execute(query, parameters | {"limit": limit}).fetchall()
    return [
        AuditRow(row_id, at, actor, action, subject, _details.decode(details))
        for row_id, at, actor, action, subject, details in rows
    ]
