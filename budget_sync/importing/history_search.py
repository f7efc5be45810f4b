"""The history as people look for something in it: by state, source, person, time, and words.

In: a connection whose tenant is set, ``HistoryFilter``. Out: ``ImportRecord``, the newest first, a page at a time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from budget_sync.database import Connection
from budget_sync.domain.fields import ImportState
from budget_sync.importing.history_row import LISTED, HistoryRow
from budget_sync.importing.result import ImportRecord

_CONDITIONS = {
    "status": "status = %(status)s",
    "source_type": "source_type = %(source_type)s",
    "user": (
        "(strpos(lower(coalesce(user_name, '')), lower(%(user)s)) > 0"
        " OR user_name IN (SELECT key_id FROM api_key WHERE strpos(lower(label), lower(%(user)s)) > 0))"
    ),
    "words": "(strpos(lower(file_name), lower(%(words)s)) > 0 OR id::text = %(words)s)",
    "since": "received_at >= %(since)s",
    "until": "received_at < %(until)s::date + 1",
    "before": "(received_at, id) < (SELECT received_at, id FROM import_history WHERE id = %(before)s)",
}


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What the list may hold; None: anything. ``words``: a part of the file's name, or the id of an import.

    ``user``: a part of the person's name, or of the label of the key.
    ``since`` and ``until`` are days in UTC, both included. ``before``: the import that the page before ended with.
    """

    status: ImportState | None = None
    source_type: str | None = None
    user: str | None = None
    words: str | None = None
    since: date | None = None
    until: date | None = None
    before: UUID | None = None


def search_records(connection: Connection, wanted: HistoryFilter, limit: int) -> list[ImportRecord]:
    """The newest imports that fit, without their analyses."""
    values: dict[str, Any] = {name: value for name in _CONDITIONS if (value := getattr(wanted, name)) is not None}
    conditions = sql.SQL(" AND ").join([sql.SQL("true"), *(sql.SQL(_CONDITIONS[name]) for name in values)])
    statement = sql.SQL(
        "SELECT {columns} FROM import_history WHERE {conditions} ORDER BY received_at DESC, id DESC LIMIT %(limit)s"
    ).format(columns=sql.SQL(LISTED), conditions=conditions)
    with connection.cursor(row_factory=class_row(HistoryRow)) as cursor:
        rows = cursor.execute(statement, {**values, "limit": limit}).fetchall()
    return [row.to_record() for row in rows]


def source_types(connection: Connection) -> list[str]:
    """The kinds of sources that anything came from."""
    rows = connection.execute("SELECT DISTINCT source_type FROM import_history ORDER BY source_type").fetchall()
    return [row[0] for row in rows]
