"""Which rows equal the sum of rows above or below them: totals that no word betrays.

In: the amounts of the body's rows. Out: for each explained row how many rows it sums and how surely.
A stack holds what is not yet summed; prefix sums of one column find the matching run in constant time, all
other columns must agree. Coincidence is priced: the digits that agree must outnumber the chances tried.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from budget_sync.reading.structure.body_rows import Amounts, BodyRows

CENT = 0.0101  # how far sums of cents may be from the stated one, held as floats
_LEAST_MEMBERS = 2
_TYPED_OVER = 0.1
_NEAREST, _FARTHEST = 8, 4  # of the runs with one sum, for rows of nought lengthen a run
_WIDE, _COLUMNS_TRIED = 8, 2
_MOST_DIGITS = 6.0  # of one column: more digits prove no more, they may be one copied figure
_TELLING = 24  # so many members tell whether two columns are copies
_WORD_NEEDS = 0.0
_OTHER_KIND_NEEDS = 2.0
_BLOCK_NEEDS = 3.0  # and as many digits more as the number of rows has: each is a chance
_ANY_RUN_NEEDS = 6.0


@dataclass(frozen=True, slots=True)
class Explained:
    """A row that sums ``members`` (positions of body rows, each itself a line or a total); ``digits`` that agree."""

    members: tuple[int, ...]
    digits: float


def explain(rows: BodyRows, *, upwards: bool, lenient: bool = False) -> dict[int, Explained]:
    """Position of each explained row to what it sums: rows before it, or, ``upwards``, rows after it.

    Sums are looked for in the fullest column, of a wide table in the second fullest too: one cell typed over must
    not hide a total. ``lenient``: every sum counts, be it coincidence; something else must bear it out.
    """
    found: dict[int, Explained] = {}
    for column in _fullest_columns(rows):
        found = _explain_by(rows, column, upwards=upwards, lenient=lenient) | found
    return found


def _explain_by(rows: BodyRows, column: int, *, upwards: bool, lenient: bool) -> dict[int, Explained]:
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


def _fullest_columns(rows: BodyRows) -> list[int]:
    counts = [sum(map(_is_told, column)) for column in rows.amounts]
    ranked = sorted((column for column, count in enumerate(counts) if count > 1), key=lambda column: -counts[column])
    return ranked[: _COLUMNS_TRIED if len(counts) >= _WIDE else 1]


def _is_told(value: float) -> bool:
    """Neither nought nor nothing (NaN, which equals nothing)."""
    return value != 0 and value == value  # noqa: PLR0124


class _Stack:
    """The rows not yet summed, with the prefix sums of every column."""

    def __init__(self, rows: BodyRows, column: int, *, lenient: bool) -> None:
        self._lenient = lenient
        self._rows = rows
        self._column = column
        self._open = array("l")
        self._sums = [array("d", (0.0,)) for _ in rows.amounts]
        self._depths = _Depths()
        self._depths.add(0, 0)
        self._totals: set[int] = set()

    def push(self, position: int) -> None:
        for sums, amounts in zip(self._sums, self._rows.amounts, strict=True):
            value = amounts[position]
            sums.append(sums[-1] + value if _is_told(value) else sums[-1])
        self._open.append(position)
        self._depths.add(_key(self._sums[self._column][-1]), len(self._open))

    def fold(self, total: int, count: int) -> None:
        """The rows that a total sums make way for it."""
        self._totals.add(total)
        for _ in range(count):
            self._open.pop()
            for column, sums in enumerate(self._sums):
                last = sums.pop()
                if column == self._column:
                    self._depths.drop_last(_key(last))

    def explain(self, position: int, *, upwards: bool) -> Explained | None:
        amounts = self._rows.amounts[self._column]
        value = amounts[position]
        if not _is_told(value):
            return None
        target = _key(self._sums[self._column][-1] - value)
        depths = self._depths.near(target)
        if not depths:
            return None
        row = self._rows.values(position)
        for depth in dict.fromkeys((*reversed(depths[-_NEAREST:]), *depths[:_FARTHEST])):
            members = self._open[depth:]
            if sum(_is_told(amounts[member]) for member in members) < _LEAST_MEMBERS:
                continue
            if self._agrees(row, depth):
                digits = self._digits(position, members) - log10(len(self._open) + 1)
                if digits >= self._needs(position, members, upwards=upwards):
                    return Explained(tuple(members), digits)
        return None

    def _agrees(self, row: Amounts, depth: int) -> bool:
        """All columns, but for one in ten of a wide table: someone typed over a sum there."""
        told = wrong = 0
        for sums, value in zip(self._sums, row, strict=True):
            if value is None:
                continue
            total = sums[-1] - sums[depth]
            told += bool(value)
            wrong += abs(total - value) > max(CENT, abs(value) * 1e-9)
        return wrong <= _TYPED_OVER * told

    def _digits(self, position: int, members: Sequence[int]) -> float:
        """The digits that agree; columns alike in every row of the sum (one quarter as the other) count once."""
        told = (position, *members[:_TELLING])
        different = {
            tuple(column[row] if _is_told(column[row]) else 0.0 for row in told) for column in self._rows.amounts
        }
        return sum(min(significant_digits(values[0]), _MOST_DIGITS) for values in different if values[0])

    def _needs(self, position: int, members: Sequence[int], *, upwards: bool) -> float:
        rows = self._rows
        if rows.says_total[position] or rows.says_derived[position] or self._lenient:
            return _WORD_NEEDS
        kind = rows.kinds[position]
        same = sum(rows.kinds[member] == kind for member in members)
        if same * 2 < len(members):
            return _OTHER_KIND_NEEDS
        chances = log10(len(rows))
        first = members[0]
        whole_block = rows.opens[first] or first == 0 or bool(self._totals & {first, first - 1})
        return chances + (_BLOCK_NEEDS if whole_block and not upwards else _ANY_RUN_NEEDS)


class _Depths:
    """The depths of the stack at which a sum stood; most sums stand once, and need no list."""

    def __init__(self) -> None:
        self._of: dict[int, int | list[int]] = {}

    def add(self, key: int, depth: int) -> None:
        known = self._of.get(key)
        if known is None:
            self._of[key] = depth
        elif isinstance(known, int):
            self._of[key] = [known, depth]
        else:
            known.append(depth)

    def drop_last(self, key: int) -> None:
        known = self._of[key]
        if isinstance(known, list) and len(known) > 1:
            known.pop()
        else:
            del self._of[key]

    def near(self, key: int) -> list[int]:
        """The depths of a sum, a cent more or less, the lowest first."""
        found: list[int] = []
        for each in (key - 1, key, key + 1):
            known = self._of.get(each)
            if isinstance(known, int):
                found.append(known)
            elif known is not None:
                found += known
        return sorted(found)


def _key(total: float) -> int:
    return round(total * 100)


def significant_digits(value: float) -> int:
    """How many digits of the amount say something: 3,000 has one, 1,234.50 has five."""
    cents = str(abs(round(value * 100))).rstrip("0")
    return max(len(cents), 1)
