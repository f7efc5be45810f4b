"""One budget line with everything that made it: the cells it came from, who changed it, what was reserved on it.

In: a connection whose transaction sees one customer, the id of a line. Out: ``LineStory``.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.ledger import EntryKind
from budget_sync.approval.listing import LineFilter, ListedLine, list_lines
from budget_sync.domain.cell_names import cell_name
from budget_sync.domain.errors import NotFoundError

_MOST = 200
_ORIGINS = """
SELECT s.import_id, h.file_name, s.sheet, s."row", s."column", trim_scale(s.amount), s.raw_amount
FROM import_line_source s JOIN import_history h ON h.id = s.import_id
WHERE s.budget_id = %s AND s.import_id = %s ORDER BY s."row", s."column" LIMIT %s
"""
_CHANGES = """
SELECT r.change, trim_scale(r.old_amount), trim_scale(r.new_amount), coalesce(nullif(k.label, ''), r.changed_by),
       r.changed_at, r.import_id, h.file_name
FROM budget_revision r
LEFT JOIN import_history h ON h.id = r.import_id
LEFT JOIN api_key k ON k.key_id = r.changed_by
WHERE r.budget_id = %s ORDER BY r.id DESC LIMIT %s
"""
_ENTRIES = """
SELECT e.kind, r.external_reference, trim_scale(e.reserved), trim_scale(e.committed), trim_scale(e.actual_spent),
       coalesce(nullif(k.label, ''), e.made_by), e.reason, e.at
FROM budget_entry e
JOIN reservation r ON r.id = e.reservation_id
LEFT JOIN api_key k ON k.key_id = e.made_by
WHERE e.budget_id = %s ORDER BY e.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """A cell that the amount came from; ``row`` and ``column`` are 0-based in the sheet or the file's records."""

    import_id: UUID
    file_name: str
    sheet: str | None
    row: int
    column: int
    amount: Decimal
    raw_amount: str

    @property
    def cell(self) -> str:
        """As a spreadsheet calls it."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class LineChanged:
    """One revision: by an import, or by hand where ``import_id`` is None."""

    change: str
    old_amount: Decimal | None
    new_amount: Decimal | None
    changed_by: str | None
    changed_at: datetime
    import_id: UUID | None
    file_name: str | None


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One step of the ledger: how much it moved on the line."""

    kind: EntryKind
    external_reference: str
    reserved: Decimal
    committed: Decimal
    actual_spent: Decimal
    made_by: str
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class LineStory:
    """The newest changes and entries first, at most 200 of each. A key is named by its label, where it has one."""

    line: ListedLine
    origins: list[Origin]
    changes: list[LineChanged]
    entries: list[LineEntry]


async def read_line_story(connection: AsyncConnection, budget_id: UUID) -> LineStory:
    """A live line of the customer whom the transaction sees.

    Raises:
        NotFoundError: the customer has no such line.
    """
    found = (await list_lines(connection, LineFilter(budget_id=budget_id), 1)).lines
    if not found:
        raise NotFoundError("There is no such budget line.")
    line = found[0]
    origins = await (await connection.execute(_ORIGINS, (budget_id, line.import_id, _MOST))).fetchall()
    changes = await (await connection.execute(_CHANGES, (budget_id, _MOST))).fetchall()
    entries = await (await connection.execute(_ENTRIES, (budget_id, _MOST))).fetchall()
    return LineStory(
        line,
        [Origin(*row) for row in origins],
        [LineChanged(*row) for row in changes],
        [LineEntry(EntryKind(row[0]), *row[1:]) for row in entries],
    )
