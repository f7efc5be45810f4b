"""What ``import_history`` holds of imports: one, those that wait, the newest, and whether an earlier one still stands.

In: a connection whose tenant is set. Out: ``ImportRecord``.
"""

from typing import Literal
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import NotFoundError
from budget_sync.importing.history_row import SELECT_NEWEST, SELECT_ONE, SELECT_WAITING, HistoryPlace, HistoryRow
from budget_sync.importing.result import ImportRecord

_SAME = """
    SELECT earlier.id FROM import_history earlier JOIN import_history this USING (sha256, {digest})
    WHERE this.id = %s AND earlier.status IN ('completed', 'completed_with_errors')
    ORDER BY earlier.received_at DESC LIMIT 1
"""


def get_record(connection: Connection, import_id: UUID, *, lock: bool = False) -> ImportRecord:
    """One import with its analysis; locked, nobody else changes it before the transaction ends.

    Raises:
        NotFoundError: the customer has no such import.
    """
    with connection.cursor(row_factory=class_row(HistoryRow)) as cursor:
        row = cursor.execute(f"{SELECT_ONE} FOR UPDATE" if lock else SELECT_ONE, (import_id,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such import.")
    return row.to_record()


def list_waiting(connection: Connection, limit: int) -> list[ImportRecord]:
    """What waits for a person, the oldest first, with what it asks in its analysis."""
    with connection.cursor(row_factory=class_row(HistoryRow)) as cursor:
        rows = cursor.execute(SELECT_WAITING, (limit,)).fetchall()
    return [row.to_record() for row in rows]


def list_records(connection: Connection, limit: int, before: HistoryPlace | None = None) -> list[ImportRecord]:
    """The newest imports first, without their analyses."""
    parameters = {"received_at": before and before.received_at, "id": before and before.import_id, "limit": limit}
    with connection.cursor(row_factory=class_row(HistoryRow)) as cursor:
        rows = cursor.execute(SELECT_NEWEST, parameters).fetchall()
    return [row.to_record() for row in rows]


def find_load(
    connection: Connection, record: ImportRecord, *, by: Literal["request_digest", "mapping_digest"]
) -> ImportRecord | None:
    """The last import of the same bytes that loaded, with the same digest of what was asked or understood."""
    row = connection.execute(
        sql.SQL(_SAME).format(digest=sql.Identifier(by)),
        (record.import_id,),
    ).fetchone()
    return get_record(connection, row[0]) if row else None


def stands(connection: Connection, loaded: ImportRecord) -> bool:
    """Whether nothing was written to the customer's lines since this import, by another one or by hand."""
    (written,) = only_row(
        connection.execute(
            """
            SELECT EXISTS (SELECT FROM import_history other WHERE other.finished_at > this.started_at
                           AND other.id <> this.id AND other.created + other.updated + other.removed > 0)
                OR EXISTS (SELECT FROM budget_revision WHERE import_id IS NULL AND changed_at > this.started_at)
            FROM import_history this WHERE this.id = %s
            """,
            (loaded.import_id,),
        )
    )
    return not written
