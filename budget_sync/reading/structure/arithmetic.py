"""Which rows equal the sum of rows above or below them: totals that no word betrays.

In: the amounts of the body's rows. Out: for each explained row how many rows it sums and how surely.
A stack holds what is not yet summed; prefix sums of one column find the matching run in constant time, all
other columns must agree. Coincidence is priced: the digits that agree must outnumber the chances tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

Amounts = tuple[float | None, ...]

_CENT = 0.0101
_LEAST_MEMBERS = 2
_TYPED_OVER = 0.1
_NEAREST, _FARTHEST = 8, 4  # of the runs with one sum, for rows of nought lengthen a run
_WIDE, _COLUMNS_TRIED = 8, 2
_MOST_DIGITS = 6.0  # of one column: more digits prove no more, they may be one copied figure
_WORD_NEEDS = 0.0
_OTHER_KIND_NEEDS = 2.0
_BLOCK_NEEDS = 3.0  # and as many digits more as the number of rows has: each is a chance
_ANY_RUN_NEEDS = 6.0


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row with amounts. ``kind``: which label cells are filled, and how; lines of one table share it.

    ``says_total``: a total word stands in its label, ``says_derived``: the name of a result (Net income).
    ``opens``: a blank, section or header row stands before it.
    """

    row: int
    values: Amounts
    kind: str = ""
    says_total: bool = False
    says_derived: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """A row that sums ``members`` (positions of body rows, each itself a line or a total); ``digits`` that agree."""

    members: tuple[int, ...]
    digits: float


def explain(rows: Sequence[BodyRow], *, upwards: bool, lenient: bool = False) -> dict[int, Explained]:
    """Position of each explained row to what it sums: rows before it, or, ``upwards``, rows after it.

    Sums are looked for in the fullest column, of a wide table in the second fullest too: one cell typed over must
    not hide a total. ``lenient``: every sum counts, be it coincidence; something else must bear it out.
    """
    found: dict[int, Explained] = {}
    for column in _fullest_columns(rows):
        found = _explain_by(rows, column, upwards=upwards, lenient=lenient) | found
    return found


def _explain_by(rows: Sequence[BodyRow], column: int, *, upwards: bool, lenient: bool) -> dict[int, Explained]:
    found: dict[int, Explained] = {}
    stack = _Stack(rows, column, lenient=lenient)
    order = range(len(rows) - 1, -1, -1) if upwards else range(len(rows))
    for position in order:
        explained = stack.explain(position, upwards=upwards)
        if explained is not None:
            found[position] = explained
            stack.fold(position, len(explained.members))
        stack.push(position)
    return found


def _fullest_columns(rows: Sequence[BodyRow]) -> list[int]:
    width = max((len(row.values) for row in rows), default=0)
    counts = [sum(bool(row.values[column]) for row in rows) for column in range(width)]
    ranked = sorted((column for column in range(width) if counts[column] > 1), key=lambda column: -counts[column])
    return ranked[: _COLUMNS_TRIED if width >= _WIDE else 1]


class _Stack:
    """The rows not yet summed, with the prefix sums of every column."""

    def __init__(self, rows: Sequence[BodyRow], column: int, *, lenient: bool) -> None:
        self._lenient = lenient
        self._rows = rows
        self._column = column
        self._open: list[int] = []
        self._sums: list[tuple[float, ...]] = [tuple(0.0 for _ in rows[0].values)]
        self._depths: dict[int, list[int]] = {0: [0]}
        self._totals: set[int] = set()

    def push(self, position: int) -> None:
        last = self._sums[-1]
        sums = tuple(total + (value or 0.0) for total, value in zip(last, self._rows[position].values, strict=True))
        self._open.append(position)
        self._sums.append(sums)
        self._depths.setdefault(_key(sums[self._column]), []).append(len(self._open))

    def fold(self, total: int, count: int) -> None:
        """The rows that a total sums make way for it."""
        self._totals.add(total)
        for _ in range(count):
            sums = self._sums.pop()
            self._open.pop()
            key = _key(sums[self._column])
            self._depths[key].pop()
            if not self._depths[key]:
                del self._depths[key]

    def explain(self, position: int, *, upwards: bool) -> Explained | None:
        row = self._rows[position]
        value = row.values[self._column]
        if not value:
            return None
        target = _key(self._sums[-1][self._column] - value)
        depths = sorted({depth for key in (target - 1, target, target + 1) for depth in self._depths.get(key, ())})
        for depth in dict.fromkeys((*reversed(depths[-_NEAREST:]), *depths[:_FARTHEST])):
            members = self._open[depth:]
            if sum(bool(self._rows[member].values[self._column]) for member in members) < _LEAST_MEMBERS:
                continue
            if self._agrees(row, depth):
                digits = _agreeing_digits(row.values) - log10(len(self._open) + 1)
                if digits >= self._needs(row, members, upwards=upwards):
                    return Explained(tuple(members), digits)
        return None

    def _agrees(self, row: BodyRow, depth: int) -> bool:
        """All columns, but for one in ten of a wide table: someone typed over a sum there."""
        told = wrong = 0
        for column, value in enumerate(row.values):
            if value is None:
                continue
            total = self._sums[-1][column] - self._sums[depth][column]
            told += bool(value)
            wrong += abs(total - value) > max(_CENT, abs(value) * 1e-9)
        return wrong <= _TYPED_OVER * told

    def _needs(self, row: BodyRow, members: Sequence[int], *, upwards: bool) -> float:
        if row.says_total or row.says_derived or self._lenient:
            return _WORD_NEEDS
        same = sum(self._rows[member].kind == row.kind for member in members)
        if same * 2 < len(members):
            return _OTHER_KIND_NEEDS
        chances = log10(len(self._rows))
        first = members[0]
        whole_block = self._rows[first].opens or first == 0 or bool(self._totals & {first, first - 1})
        return chances + (_BLOCK_NEEDS if whole_block and not upwards else _ANY_RUN_NEEDS)


def _key(total: float) -> int:
    return round(total * 100)


def _agreeing_digits(values: Amounts) -> float:
    return sum(min(significant_digits(value), _MOST_DIGITS) for value in values if value)


def significant_digits(value: float) -> int:
    """How many digits of the amount say something: 3,000 has one, 1,234.50 has five."""
    cents = str(abs(round(value * 100))).rstrip("0")
    return max(len(cents), 1)
