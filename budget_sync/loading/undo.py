"""An import taken back line by line from its revisions, in the transaction of the caller.

In: the import to take back, and the import that takes it back (an undo is an import of its own, with revisions of its
own, so that it can be undone). Out: ``UndoOutcome``. A line that somebody changed since is kept; one that would be
gone but has money reserved or committed on it is closed.
"""

from dataclasses import dataclass
from uuid import UUID

from budget_sync.database import Connection
from budget_sync.loading.statements import OVER_COMMITTED

# A connection keeps the table, empty.
CREATE_UNDONE = """
CREATE TEMPORARY TABLE IF NOT EXISTS undone (
    id bigint, budget_id uuid, change text, old_amount numeric, new_amount numeric, old_source text, old_source_id uuid,
    old_import_id uuid, is_kept boolean
) ON COMMIT DELETE ROWS
"""

_FIND = """
INSERT INTO undone
SELECT r.id, r.budget_id, r.change, r.old_amount, r.new_amount, r.old_source, r.old_source_id, r.old_import_id,
       EXISTS (SELECT FROM budget_revision later WHERE later.budget_id = r.budget_id AND later.id > r.id) AS is_kept
FROM budget_revision r WHERE r.import_id = %(undone)s
"""

_RECORD = """
INSERT INTO budget_revision (customer_id, budget_id, import_id, change, old_amount, new_amount, old_source,
                             old_source_id, old_import_id, changed_by)
SELECT %(customer_id)s, id, %(import_id)s, change, old_amount, new_amount, old_source, old_source_id, old_import_id,
       %(user)s
FROM written
"""

_RETURNING = """
RETURNING b.id, old.budgeted_amount AS old_amount, new.budgeted_amount AS new_amount, old.source AS old_source,
          old.source_id AS old_source_id, old.import_id AS old_import_id
"""

_SET_BACK = f"""
WITH written AS (
    UPDATE budget b
    SET budgeted_amount = u.old_amount, source = u.old_source, source_id = u.old_source_id, import_id = u.old_import_id,
        updated_at = now()
    FROM undone u
    WHERE b.id = u.budget_id AND u.change = 'updated' AND NOT u.is_kept AND b.deleted_at IS NULL
      AND b.budgeted_amount = u.new_amount
    {_RETURNING}, 'updated' AS change
) {_RECORD}
"""  # noqa: S608  # constants of this file

_TAKE_AWAY = f"""
WITH written AS (
    UPDATE budget b
    SET deleted_at = CASE WHEN u.change <> 'reopened' AND b.reserved_amount + b.committed_amount = 0 THEN now() END,
        state = CASE WHEN u.change <> 'reopened' AND b.reserved_amount + b.committed_amount = 0 THEN b.state
                     ELSE 'closed' END,
        updated_at = now()
    FROM undone u
    WHERE b.id = u.budget_id AND u.change IN ('created', 'restored', 'reopened') AND NOT u.is_kept
      AND b.deleted_at IS NULL
    {_RETURNING}, CASE WHEN new.deleted_at IS NULL THEN 'closed' ELSE 'removed' END AS change
) {_RECORD}
"""  # noqa: S608  # constants of this file

_BRING_BACK = f"""
WITH written AS (
    UPDATE budget b SET deleted_at = NULL, updated_at = now()
    FROM undone u
    WHERE b.id = u.budget_id AND u.change = 'removed' AND NOT u.is_kept AND b.deleted_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM budget other
        WHERE other.customer_id = b.customer_id AND other.department_key = b.department_key
          AND other.sub_category_key = b.sub_category_key AND other.fiscal_period = b.fiscal_period
          AND other.currency = b.currency AND other.line_type = b.line_type AND other.deleted_at IS NULL)
    {_RETURNING}, 'restored' AS change
) {_RECORD}
"""  # noqa: S608  # constants of this file

_REOPEN = f"""
WITH written AS (
    UPDATE budget b SET state = 'open', updated_at = now()
    FROM undone u
    WHERE b.id = u.budget_id AND u.change = 'closed' AND NOT u.is_kept AND b.deleted_at IS NULL AND b.state = 'closed'
    {_RETURNING}, 'reopened' AS change
) {_RECORD}
"""  # noqa: S608  # constants of this file

# EXCEPT hashes both sides whatever the planner believes of a table that just grew; NOT EXISTS took six minutes for
# 100,000 lines.
_KEPT = """
SELECT concat_ws(' / ', b.department, nullif(b.sub_category, ''), b.fiscal_period) AS name
FROM budget b JOIN (
    SELECT budget_id FROM undone EXCEPT SELECT budget_id FROM budget_revision WHERE import_id = %(import_id)s
) kept ON kept.budget_id = b.id
ORDER BY name
"""

_CLOSED = """
SELECT concat_ws(' / ', b.department, nullif(b.sub_category, ''), b.fiscal_period) AS name
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %(import_id)s AND r.change = 'closed'
ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """Counts of lines, and lines by name.

    ``kept``: they were changed since, or another line has taken their place. ``closed``: they would be gone, had they
    no money reserved or committed on them. ``over_committed``: they are set back below what is reserved and committed.
    """

    restored: int
    set_back: int
    removed: int
    kept: tuple[str, ...]
    closed: tuple[str, ...]
    over_committed: tuple[str, ...]


def undo(connection: Connection, *, customer_id: UUID, undone: UUID, import_id: UUID, user: str | None) -> UndoOutcome:
    """Take the import ``undone`` back as the import ``import_id``; the customer must be locked."""
    parameters: dict[str, object] = {"customer_id": customer_id, "undone": undone, "import_id": import_id, "user": user}
    connection.execute(CREATE_UNDONE)
    connection.execute(_FIND, parameters)
    connection.execute("ANALYZE undone")
    set_back = connection.execute(_SET_BACK, parameters).rowcount
    taken = connection.execute(_TAKE_AWAY, parameters).rowcount
    restored = connection.execute(_BRING_BACK, parameters).rowcount
    restored += connection.execute(_REOPEN, parameters).rowcount
    closed = _names(connection, _CLOSED, parameters)
    kept = _names(connection, _KEPT, parameters)
    over_committed = _names(connection, OVER_COMMITTED, parameters) if set_back else ()
    return UndoOutcome(restored, set_back, taken - len(closed), kept, closed, over_committed)


def _names(connection: Connection, query: str, parameters: dict[str, object]) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(query, parameters).fetchall())
