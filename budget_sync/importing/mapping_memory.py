"""The layouts that a customer's sources taught: kept, found again, and forgotten with the import that taught them.

In: a connection whose tenant is set. Out: ``RememberedLayout``. A lesson waits in the history until its import loads,
in whichever process; what a person approved is never replaced by what merely loaded.
"""

from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.mapping.memory import Lesson, RememberedLayout, Standing

_MOST_LAYOUTS = 200  # of one source; more than that many layouts are no habit

_TEACH = """
INSERT INTO column_mapping_memory AS known
    (customer_id, source_key, fingerprint, standing, lesson, import_id, taught_by)
SELECT customer_id, coalesce(source_id::text, source_type), lesson->>'fingerprint', %(standing)s, lesson, id,
       coalesce(user_name, 'system')
FROM import_history WHERE id = %(import_id)s AND lesson IS NOT NULL
ON CONFLICT (customer_id, source_key, fingerprint) DO UPDATE SET
    seen_at = now(), standing = excluded.standing, lesson = excluded.lesson, import_id = excluded.import_id,
    taught_by = excluded.taught_by, learnt_at = excluded.learnt_at
WHERE excluded.standing = 'approved' OR known.standing = 'loaded'
"""
# A file that was mapped as approved shows what its values look like by now; who approved it and when stays.
_SEEN_AGAIN = """
UPDATE column_mapping_memory known
SET seen_at = now(), lesson = jsonb_set(known.lesson, '{profile}', h.lesson->'profile')
FROM import_history h
WHERE h.id = %s AND known.standing = 'approved' AND known.fingerprint = h.lesson->>'fingerprint'
    AND known.source_key = coalesce(h.source_id::text, h.source_type)
"""


def source_key(source_type: str, source_id: UUID | None) -> str:
    """Under what a source's layouts are kept; files without a configured source share their kind's."""
    return str(source_id) if source_id else source_type


def recall(connection: Connection, key: str) -> tuple[RememberedLayout, ...]:
    """What this source taught, the last seen first."""
    rows = connection.execute(
        "SELECT lesson, standing, learnt_at FROM column_mapping_memory WHERE source_key = %s"
        " ORDER BY seen_at DESC, id DESC LIMIT %s",
        (key, _MOST_LAYOUTS),
    ).fetchall()
    return tuple(RememberedLayout(msgspec.convert(row[0], Lesson), Standing(row[1]), row[2]) for row in rows)


def teach(connection: Connection, import_id: UUID, standing: Standing) -> None:
    """Let the import teach its lesson."""
    connection.execute(_TEACH, {"import_id": import_id, "standing": standing.value})
    if standing is Standing.LOADED:
        connection.execute(_SEEN_AGAIN, (import_id,))


def forget(connection: Connection, import_id: UUID) -> None:
    """Forget what an import taught that was taken back."""
    connection.execute("DELETE FROM column_mapping_memory WHERE import_id = %s", (import_id,))
