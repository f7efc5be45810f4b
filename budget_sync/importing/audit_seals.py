"""The chain of hashes over the rows of the audit log.

In: a connection whose tenant is set. The sealer chains the rows a moment after they were written, so that no request
waits for another's; ``broken_seals`` finds rows that were changed or removed behind our back.
"""

import hashlib
from typing import Any

from budget_sync.database import Connection

# An entry may become visible a moment after a later one was sealed, so the last numbers are looked at again.
_UNSEALED = """
SELECT id, at, actor, action, subject, details::text FROM audit_log l
WHERE id > coalesce((SELECT max(audit_id) FROM audit_seal), 0) - 10000
  AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = l.id) ORDER BY id
"""
_SEALED = """
SELECT l.id, l.at, l.actor, l.action, l.subject, l.details::text, s.position, s.hash, s.audit_id
FROM audit_seal s LEFT JOIN audit_log l ON l.id = s.audit_id ORDER BY s.position
"""
_ONE_SEALER = "SELECT pg_advisory_xact_lock(hashtextextended('seal:' || current_setting('app.customer_id'), 0))"
_FIRST = bytes(32)


def seal(connection: Connection) -> int:
    """Chain the rows that are not sealed yet; how many."""
    connection.execute(_ONE_SEALER)
    last = connection.execute("SELECT position, hash FROM audit_seal ORDER BY position DESC LIMIT 1").fetchone()
    position, previous = (last[0], bytes(last[1])) if last else (0, _FIRST)
    rows = connection.execute(_UNSEALED).fetchall()
    for row in rows:
        position += 1
        previous = _hash(previous, row)
        connection.execute(
            "INSERT INTO audit_seal (customer_id, audit_id, position, hash)"
            " VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s)",
            (row[0], position, previous),
        )
    return len(rows)


def broken_seals(connection: Connection) -> list[int]:
    """The positions of the chain at which a row is not what it was when it was sealed."""
    broken = []
    previous = _FIRST
    for row in connection.execute(_SEALED).fetchall():
        expected = _hash(previous, row[:6])
        previous = bytes(row[7])
        if expected != previous:
            broken.append(int(row[6]))
    return broken


def _hash(previous: bytes, row: tuple[Any, ...]) -> bytes:
    text = "\x1f".join("" if value is None else str(value) for value in row)
    return hashlib.sha256(previous + text.encode()).digest()
