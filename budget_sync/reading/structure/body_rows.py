"""The rows of a table that bear amounts, as columns of numbers and marks: what totals are told by.

In: one entry a row. Out: the same, a few dozen bytes a row, for a file may have a million of them.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Self

from budget_sync.reading.structure.label_marks import LabelMarks

Amounts = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row with amounts. ``kind``: which label cells are filled, and how; lines of one table share it.

    ``says_total``: a total word stands in its label, ``says_derived``: the name of a result (Net income).
    ``opens``: a blank, section or header row stands before it. ``unlabelled``: no label cell says anything.
    ``is_result``: the label is the name of a result and nothing else; ``is_total``: a cell of it is a total word alone.
    """

    row: int
    values: Amounts
    kind: str = ""
    says_total: bool = False
    says_derived: bool = False
    opens: bool = False
    unlabelled: bool = False
    is_result: bool = False
    is_total: bool = False


class BodyRows:
    """Rows of ``width`` amounts, by their position. ``amounts``: one array a column, NaN for none.

    ``rows`` are the rows of the grid; the marks hold 1 for yes.
    """

    def __init__(self, width: int) -> None:
        self.rows = array("l")
        self.amounts = [array("d") for _ in range(width)]
        self.kinds: list[str] = []
        self.says_total = bytearray()
        self.says_derived = bytearray()
        self.opens = bytearray()
        self.unlabelled = bytearray()
        self.is_result = bytearray()
        self.is_total = bytearray()

    @classmethod
    def of(cls, rows: Sequence[BodyRow]) -> Self:
        """The same rows as columns."""
        made = cls(len(rows[0].values) if rows else 0)
        made.rows.extend(row.row for row in rows)
        for column, amounts in enumerate(made.amounts):
            amounts.extend(_number(row.values[column]) for row in rows)
        made.kinds.extend(row.kind for row in rows)
        made.says_total.extend(row.says_total for row in rows)
        made.says_derived.extend(row.says_derived for row in rows)
        made.opens.extend(row.opens for row in rows)
        made.unlabelled.extend(row.unlabelled for row in rows)
        made.is_result.extend(row.is_result for row in rows)
        made.is_total.extend(row.is_total for row in rows)
        return made

    def mark(self, marks: LabelMarks, count: int) -> None:
        """Add the marks of so many rows, but for ``opens``."""
        self.kinds.extend([marks.kind] * count)
        self.says_total.extend([marks.says_total] * count)
        self.says_derived.extend([marks.says_derived] * count)
        self.unlabelled.extend([marks.unlabelled] * count)
        self.is_result.extend([marks.is_result] * count)
        self.is_total.extend([marks.is_total] * count)

    def __len__(self) -> int:
        return len(self.rows)

    def values(self, position: int) -> Amounts:
        """The amounts of one row, None for none."""
        return tuple(None if isnan(column[position]) else column[position] for column in self.amounts)

    def take(self, positions: Sequence[int]) -> "BodyRows":
        """The rows at these positions, which rise."""
        if len(positions) == len(self):
            return self
        taken = BodyRows(0)
        taken.rows = array("l", map(self.rows.__getitem__, positions))
        taken.amounts = [array("d", map(column.__getitem__, positions)) for column in self.amounts]
        taken.kinds = list(map(self.kinds.__getitem__, positions))
        taken.says_total = bytearray(map(self.says_total.__getitem__, positions))
        taken.says_derived = bytearray(map(self.says_derived.__getitem__, positions))
        taken.opens = bytearray(map(self.opens.__getitem__, positions))
        taken.unlabelled = bytearray(map(self.unlabelled.__getitem__, positions))
        taken.is_result = bytearray(map(self.is_result.__getitem__, positions))
        taken.is_total = bytearray(map(self.is_total.__getitem__, positions))
        return taken

    def without(self, positions: Iterable[int]) -> list[int]:
        """Every other position."""
        left_out = set(positions)
        return [position for position in range(len(self)) if position not in left_out]


def amount_or_nought(value: float) -> float:
    """An amount of a column, nought where there is none."""
    return 0.0 if isnan(value) else value


def marked(marks: bytearray) -> Iterator[int]:
    """The positions that bear a mark: few of a million, so that looking at each of them is work for nothing."""
    at = marks.find(1)
    while at >= 0:
        yield at
        at = marks.find(1, at + 1)


def _number(value: float | None) -> float:
    return nan if value is None else value
