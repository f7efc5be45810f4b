"""A column of kinds of which one is the sum of the others, line by line: ``T`` beside ``C`` and ``S``.

In: the grid, its columns and the columns that are loaded. Out: the values whose rows are lines, None where all are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.mapping.cell_meanings import is_line_type
from budget_sync.mapping.columns import Column
from budget_sync.mapping.names import read_name
from budget_sync.mapping.rows_in_force import RowsOfValue, rows_by_value
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.arithmetic import CENT
from budget_sync.reading.structure.header import Header
from budget_sync.reading.structure.words import says_total

_ROWS_READ = 20_000
_LEAST_LINES, _LEAST_KINDS = 3, 3
_NEARLY_ALL = 0.9


def kinds_of_lines(
    grid: Grid, header: Header, columns: Sequence[Column], column: Column, amounts: Sequence[Column]
) -> list[str] | None:
    """Every line of the sum must be that of the others, and two of them must tell.

    A balanced fund's revenue is what it spends, and no sum of it; what a word calls a total is told elsewhere.
    """
    totals = _totals(grid, header, column, amounts)
    whole = sum(totals.values())
    half = [value for value, total in totals.items() if total and abs(2 * total - whole) <= CENT * len(totals)]
    if len(totals) < _LEAST_KINDS or len(half) != 1 or _says_otherwise(half[0]):
        return None
    rows = rows_by_value(grid, header, columns, column, amounts)
    return [value for value in totals if value != half[0]] if _sums(rows, half[0]) else None


def _says_otherwise(value: str) -> bool:
    return says_total(value) or is_line_type(value) or "revenue" in read_name(value).tags


def _totals(grid: Grid, header: Header, column: Column, amounts: Sequence[Column]) -> dict[str, float]:
    rows = range(header.body, min(len(grid.rows), header.body + _ROWS_READ))
    totals: dict[str, float] = defaultdict(float)
    for one in amounts:
        values = parse_amounts(grid.cells(rows, one.index), one.profile.style).values
        for cell, value in zip(grid.cells(rows, column.index), values, strict=True):
            totals[cell.strip()] += float(value or 0)
    return {value: total for value, total in totals.items() if value}


def _sums(rows: Mapping[str, RowsOfValue], whole: str) -> bool:
    lines = {key: amount for key, amount in rows[whole].lines.items() if amount}
    others = [one.lines for value, one in rows.items() if value != whole]
    right = sum(abs(sum(one.get(key, 0.0) for one in others) - amount) <= CENT for key, amount in lines.items())
    shared = sum(sum(bool(one.get(key)) for one in others) > 1 for key in lines)
    return len(lines) >= _LEAST_LINES and right >= _NEARLY_ALL * len(lines) and shared > 1
