"""What people of a customer said of earlier files where these were silent: offered again, one press an answer.

In: a connection whose tenant is set. Out: ``SaidBefore``.
"""

from dataclasses import dataclass

from budget_sync.database import Connection

_MOST_FILES = 50  # the last ones; who plans a new year says a new year
_SAID = """
SELECT options->>'department', options->>'fiscalPeriod' FROM import_draft
WHERE imported_as IS NOT NULL ORDER BY updated_at DESC, id LIMIT %s
"""
_MOST_NAMES = 200
# From name to name along the index of the lines, as the names of the knowledge are read.
_DEPARTMENTS = """
WITH RECURSIVE name AS (
    (SELECT department_key, department FROM budget WHERE deleted_at IS NULL ORDER BY department_key LIMIT 1)
    UNION ALL
    SELECT following.* FROM name, LATERAL (
        SELECT b.department_key, b.department FROM budget b
        WHERE b.deleted_at IS NULL AND b.department_key > name.department_key
        ORDER BY b.department_key LIMIT 1) following
)
SELECT department FROM name LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """``departments`` and ``periods`` of earlier files, the latest first; ``known``: departments with lines."""

    departments: list[str]
    periods: list[str]
    known: list[str]


def said_before(connection: Connection) -> SaidBefore:
    """What the customer of the transaction said and has."""
    said = connection.execute(_SAID, (_MOST_FILES,)).fetchall()
    return SaidBefore(
        departments=list(dict.fromkeys(row[0] for row in said if row[0])),
        periods=list(dict.fromkeys(row[1] for row in said if row[1])),
        known=[row[0] for row in connection.execute(_DEPARTMENTS, (_MOST_NAMES,)).fetchall()],
    )
