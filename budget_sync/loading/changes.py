"""What one import changed, read from its revisions: the diff of a load, and of a dry run before it is taken back.

In: an import, in the transaction of the caller. Out: ``LoadDiff``.
"""

from decimal import Decimal
from uuid import UUID

import msgspec

from budget_sync.database import Connection

_CHANGES = """
SELECT r.budget_id, r.change, b.department, b.sub_category, b.fiscal_period, b.currency, b.line_type, r.old_amount,
       r.new_amount
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %s ORDER BY r.id LIMIT %s
"""

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


class LineChange(msgspec.Struct, frozen=True, rename="camel"):
    """One line before and after. ``change``: created, updated, removed, restored, closed, reopened."""

    budget_id: UUID
    change: str
    department: str
    sub_category: str
    fiscal_period: str
    currency: str
    line_type: str
    old_amount: Decimal | None
    new_amount: Decimal | None


class TotalChange(msgspec.Struct, frozen=True, rename="camel"):
    """The sum of the changed lines of a department in a period, before and after."""

    department: str
    fiscal_period: str
    currency: str
    line_type: str
    old_total: Decimal
    new_total: Decimal


class LoadDiff(msgspec.Struct, frozen=True, rename="camel"):
    """``changes`` and ``totals`` hold as many as were asked for; the counts of the import say how many there are."""

    changes: list[LineChange]
    totals: list[TotalChange]


def read_diff(connection: Connection, import_id: UUID, limit: int) -> LoadDiff:
    """The first changes of the import in the order in which they were made, and its totals."""
    return LoadDiff(
        changes=[LineChange(*row) for row in connection.execute(_CHANGES, (import_id, limit)).fetchall()],
        totals=[TotalChange(*row) for row in connection.execute(_TOTALS, (import_id, limit)).fetchall()],
    )
