"""Rows of a quarter, a half or a year that add up the months above them in a long table: totals, and no lines.

In: the grid, its lines, the column of periods, the columns that name a line, the amounts. Out: the totals found.
Only what adds up to the cent is one; a year beside its months that is planned by itself stays a line.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.periods import PeriodKind
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.rows import AmountCells
from budget_sync.reading.structure.totals import TotalRow

_SEVERAL = 2
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    kind: PeriodKind
    amount: Decimal


def mixes_periods(cells: Sequence[str]) -> bool:
    """Whether a column of periods holds several kinds: months, and quarters or years among them."""
    return len({_kind(cell) for cell in dict.fromkeys(cells)} - {None}) >= _SEVERAL


def sums_of_periods(
    grid: Grid, lines: Sequence[int], period: int, labels: Sequence[int], amounts: AmountCells
) -> list[TotalRow]:
    """``period`` and ``labels``: indexes of columns."""
    cells = grid.cells(lines, period)
    names = zip(*(grid.cells(lines, index) for index in labels), strict=True) if labels else [()] * len(lines)
    before: defaultdict[tuple[str, ...], list[_Line]] = defaultdict(list)
    found = []
    for row, text, name, amount in zip(lines, cells, names, amounts.of(lines), strict=True):
        kind = _kind(text)
        if kind is None:
            continue
        line = _Line(row, kind, amount or _NOTHING)
        members = _members(line, before[name])
        if members:
            found.append(TotalRow(row, clean_name(text), members))
        before[name].append(line)
    return found


def _members(line: _Line, before: Sequence[_Line]) -> tuple[int, ...]:
    """The rows of one finer kind since the last row as coarse as this, where they add up to it."""
    since: list[_Line] = []
    for other in reversed(before):
        if other.kind >= line.kind:
            break
        since.append(other)
    for kind in sorted({other.kind for other in since}):
        parts = [other for other in since if other.kind is kind]
        if len(parts) >= _SEVERAL and line.amount and sum(part.amount for part in parts) == line.amount:
            return tuple(sorted(part.row for part in parts))
    return ()


def _kind(text: str) -> PeriodKind | None:
    period = parse_period(text.strip())
    return period.kind if period is not None else None
