"""Validated lines on their way from one step to the next, kept until they are loaded.

In: ``PreparedLines``. Out: the same again, in whichever process loads them.
"""

import zlib
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.loading import PreparedLines

_FASTEST = 1


def keep(connection: Connection, import_id: UUID, prepared: PreparedLines) -> None:
    """Keep them in place of what an earlier attempt kept."""
    connection.execute(
        "INSERT INTO import_preview (import_id, customer_id, prepared)"
        " VALUES (%s, current_setting('app.customer_id')::uuid, %s)"
        " ON CONFLICT (import_id) DO UPDATE SET prepared = excluded.prepared, created_at = now()",
        (import_id, zlib.compress(msgspec.msgpack.encode(prepared), _FASTEST)),
    )


def fetch(connection: Connection, import_id: UUID) -> PreparedLines | None:
    """What is kept for this import; None for nothing, and for what another version kept in another form."""
    row = connection.execute(
        "SELECT prepared FROM import_preview WHERE import_id = %s", (import_id,), binary=True
    ).fetchone()
    try:
        return msgspec.msgpack.decode(zlib.decompress(row[0]), type=PreparedLines) if row else None
    except msgspec.ValidationError:
        return None


def drop(connection: Connection, import_id: UUID) -> None:
    """Forget them: they are loaded."""
    connection.execute("DELETE FROM import_preview WHERE import_id = %s", (import_id,))
