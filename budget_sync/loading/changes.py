"""What one import changed, read from its revisions: the diff of a load, and of a dry run before it is taken back.

In: an import, in the transaction of the caller. Out: ``LoadDiff``, or every change one by one.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.rows import only_row

_CHANGES = """
SELECT r.budget_id, r.change, b.department, nullif(b.sub_category, ''), b.fiscal_period, b.currency, b.line_type,
       r.old_amount, r.new_amount
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %s ORDER BY r.id
"""

# A line is compared with what is used of it while the import that changed it holds its lock.
_REHEARSED = """
SELECT r.budget_id, r.change, b.department, nullif(b.sub_category, ''), b.fiscal_period, b.currency, b.line_type,
       r.old_amount, r.new_amount,
       coalesce(b.reserved_amount + b.committed_amount > r.new_amount, false) AS over_committed
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %s ORDER BY over_committed DESC, r.id
"""
_OVER_COMMITTED = """
SELECT count(*) FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %s AND b.reserved_amount + b.committed_amount > r.new_amount
"""
_AT_ONCE = 2_000

# A line that is gone counts nothing afterwards; one that was closed still stands with its amount.
_TOTALS = """
SELECT b.department, b.fiscal_period, b.currency, b.line_type,
       coalesce(sum(r.old_amount) FILTER (WHERE r.change <> 'restored'), 0),
       coalesce(sum(CASE r.change WHEN 'removed' THEN 0 WHEN 'closed' THEN r.old_amount ELSE r.new_amount END), 0)
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %s
GROUP BY b.department_key, b.department, b.fiscal_period, b.currency, b.line_type
ORDER BY b.department, b.fiscal_period, b.currency, b.line_type LIMIT %s
"""

# What a revision adds to the lines that stand.
_STANDING_TOTALS = """
WITH moved AS (
    SELECT b.customer_id, b.department_key, b.fiscal_period, b.currency, b.line_type, min(b.department) AS department,
           sum(CASE r.change WHEN 'created' THEN r.new_amount WHEN 'updated' THEN r.new_amount - r.old_amount
                             WHEN 'removed' THEN -r.old_amount ELSE 0 END) AS delta
    FROM budget_revision r JOIN budget b ON b.id = r.budget_id
    WHERE r.import_id = %s
    GROUP BY b.customer_id, b.department_key, b.fiscal_period, b.currency, b.line_type
)
SELECT m.department, m.fiscal_period, m.currency, m.line_type, coalesce(sum(b.budgeted_amount), 0) - m.delta,
       coalesce(sum(b.budgeted_amount), 0)
FROM moved m LEFT JOIN budget b
  ON b.customer_id = m.customer_id AND b.department_key = m.department_key AND b.fiscal_period = m.fiscal_period
 AND b.currency = m.currency AND b.line_type = m.line_type AND b.deleted_at IS NULL
GROUP BY m.department_key, m.department, m.fiscal_period, m.currency, m.line_type, m.delta
ORDER BY m.department, m.fiscal_period, m.currency, m.line_type LIMIT %s
"""

_DIGEST = """
SELECT encode(sha256(convert_to(coalesce(string_agg(written, E'\n' ORDER BY written), ''), 'UTF8')), 'hex')
FROM (
    SELECT jsonb_build_array(r.change, b.department_key, b.sub_category_key, b.fiscal_period, b.currency, b.line_type,
                             r.old_amount, r.new_amount)::text AS written
    FROM budget_revision r JOIN budget b ON b.id = r.budget_id WHERE r.import_id = %s
) change
"""


class LineChange(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """One line before and after. ``change``: created, updated, removed, restored, closed, reopened.

    ``sub_category`` None: the general line of the department.
    ``over_committed``, of a dry run: more is reserved and committed on the line than its new amount.
    """

    budget_id: UUID
    change: str
    department: str
    sub_category: str | None
    fiscal_period: str
    currency: str
    line_type: str
    old_amount: Decimal | None
    new_amount: Decimal | None
    over_committed: bool = False


class TotalChange(msgspec.Struct, frozen=True, rename="camel"):
    """A department in a period, before and after: the sum of its changed lines, in a dry run of all its lines."""

    department: str
    fiscal_period: str
    currency: str
    line_type: str
    old_total: Decimal
    new_total: Decimal


class LoadDiff(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """``changes`` and ``totals`` hold as many as were asked for; the counts of the import say how many there are.

    ``over_committed``, of a dry run: how many of all changes, shown or not, leave a line below what is used of it.
    """

    changes: list[LineChange]
    totals: list[TotalChange]
    over_committed: int = 0


def read_diff(connection: Connection, import_id: UUID, limit: int) -> LoadDiff:
    """The first changes of the import in the order in which they were made, and its totals."""
    return LoadDiff(
        changes=[LineChange(*row) for row in connection.execute(f"{_CHANGES} LIMIT %s", (import_id, limit))],
        totals=[TotalChange(*row) for row in connection.execute(_TOTALS, (import_id, limit)).fetchall()],
    )


def read_rehearsed_diff(connection: Connection, import_id: UUID, limit: int) -> LoadDiff:
    """As ``read_diff``, before the import is taken back: over-committed lines first, totals of all that stand."""
    changes = connection.execute(f"{_REHEARSED} LIMIT %s", (import_id, limit)).fetchall()
    totals = connection.execute(_STANDING_TOTALS, (import_id, limit)).fetchall()
    (over_committed,) = only_row(connection.execute(_OVER_COMMITTED, (import_id,)))
    return LoadDiff([LineChange(*row) for row in changes], [TotalChange(*row) for row in totals], over_committed)


def every_change(connection: Connection, import_id: UUID) -> Iterator[LineChange]:
    """Each change of the import in the order in which they were made, read in blocks."""
    return _every(connection, _CHANGES, import_id)


def every_rehearsed_change(connection: Connection, import_id: UUID) -> Iterator[LineChange]:
    """Each change of an import that is not taken back yet, over-committed lines first, read in blocks."""
    return _every(connection, _REHEARSED, import_id)


def _every(connection: Connection, query: LiteralString, import_id: UUID) -> Iterator[LineChange]:
    with connection.cursor(name="changes") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(query, (import_id,))
        for row in cursor:
            yield LineChange(*row)


def changes_digest(connection: Connection, import_id: UUID) -> str:
    """The SHA-256 of every line that the import changed, with its amounts before and after."""
    (digest,) = only_row(connection.execute(_DIGEST, (import_id,)))
    return str(digest)
