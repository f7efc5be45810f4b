"""A column of kinds of which one is the sum of the others, line by line: ``T`` beside ``C`` and ``S``.

In: the grid, its columns and the columns that are loaded. Out: the values whose rows are lines, None where all are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.cell_meanings import is_line_type
from budget_sync.mapping.columns import Column
from budget_sync.mapping.names import read_name
from budget_sync.mapping.rows_in_force import Key, RowsOfValue, rows_by_value
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.arithmetic import CENT
from budget_sync.reading.structure.header import Header

_ROWS_READ = 20_000
_LEAST_LINES, _LEAST_KINDS = 3, 3
_NEARLY_ALL = 0.9
_ALIKE, _MOSTLY = 0.005, 0.5


class KindsOfLines:
    """The amounts of the rows are read once, for the first column of which a value may be a sum."""

    def __init__(self, grid: Grid, header: Header, columns: Sequence[Column], amounts: Sequence[Column]) -> None:
        self._grid = grid
        self._header = header
        self._columns = columns
        self._amounts = amounts
        self._rows = range(header.body, min(len(grid.rows), header.body + _ROWS_READ))
        self._read: list[float] = []

    def among(self, column: Column, values: Sequence[str]) -> list[str] | None:
        """Every line of the sum must be that of the others, and two of them must tell.

        A name is that of a kind (Federal, Holding), whatever it adds up to; a balanced fund's revenue is what it
        spends, and no sum of it; what a word calls a total is told elsewhere.
        """
        told = {value.strip() for value in values} - {""}
        if len(told) < _LEAST_KINDS or not any(map(_may_be_sum, told)):
            return None
        totals = self._totals(column)
        whole = sum(totals.values())
        half = [value for value, total in totals.items() if total and abs(2 * total - whole) <= CENT * len(totals)]
        if len(totals) < _LEAST_KINDS or len(half) != 1 or not _may_be_sum(half[0]):
            return None
        rows = rows_by_value(self._grid, self._header, self._columns, column, self._amounts)
        return [value for value in totals if value != half[0]] if _sums(rows, half[0]) else None

    def _totals(self, column: Column) -> dict[str, float]:
        totals: dict[str, float] = defaultdict(float)
        for cell, amount in zip(self._grid.cells(self._rows, column.index), self._of_rows(), strict=True):
            totals[cell.strip()] += amount
        return {value: total for value, total in totals.items() if value}

    def _of_rows(self) -> Sequence[float]:
        if not self._read:
            read = [
                parse_amounts(self._grid.cells(self._rows, one.index), one.profile.style).values
                for one in self._amounts
            ]
            self._read = [sum(float(value or 0) for value in row) for row in zip(*read, strict=True)]
        return self._read or [0.0] * len(self._rows)


def _may_be_sum(value: str) -> bool:
    """A letter or figure, or a word for rows that add up others."""
    said = len(value) == 1 or vocabulary().rows.kind_of_sum.is_whole(value)
    return said and not (is_line_type(value) or "revenue" in read_name(value).tags)


def _sums(rows: Mapping[str, RowsOfValue], whole: str) -> bool:
    lines = {key: amount for key, amount in rows[whole].lines.items() if amount}
    others = [one.lines for value, one in rows.items() if value != whole]
    right = sum(abs(sum(one.get(key, 0.0) for one in others) - amount) <= CENT for key, amount in lines.items())
    shared = {key: amount for key, amount in lines.items() if sum(bool(one.get(key)) for one in others) > 1}
    told = len(lines) >= _LEAST_LINES and right >= _NEARLY_ALL * len(lines) and len(shared) > 1
    return told and not _shared_by_rule(shared, others)


def _shared_by_rule(lines: Mapping[Key, float], others: Sequence[Mapping[Key, float]]) -> bool:
    """One half, one quarter and one quarter of most lines: who pays for them is settled so, and the half is no sum."""
    shares = [[one.get(key, 0.0) / amount for one in others] for key, amount in lines.items()]
    usual = [median(of_one) for of_one in zip(*shares, strict=True)]
    alike = sum(all(abs(a - b) <= _ALIKE for a, b in zip(share, usual, strict=True)) for share in shares)
    return alike > _MOSTLY * len(shares)
