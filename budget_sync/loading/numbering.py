"""Which budget line each amount belongs to: a number for each line, names by their folded key.

In: validated lines, part after part. Out: a number an amount, and the lines that are new with each part. Those are
numbered in the order of their keys: rows that reach an index of PostgreSQL in its order cost it a third less.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from budget_sync.domain.names import clean_name, fold_name
from budget_sync.validation.lines import LineColumns

_BITS = 24  # of a code; no file has that many names
_LOW = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class NewLines:
    """Lines that were not seen before, column by column, by their numbers, which follow each other from ``first``.

    ``amount``: the first of the line's amounts.
    """

    first: int
    department: list[str]
    department_key: list[str]
    sub_category: list[str]
    sub_category_key: list[str]
    fiscal_period: list[str]
    line_type: list[str]
    currency: list[str]
    amount: list[str]


@dataclass(frozen=True, slots=True)
class NumberedAmounts:
    """``numbers``: of the line of each amount of a part."""

    numbers: list[int]
    new_lines: NewLines


class LineNumbers:
    """Numbers the lines of a file; of several spellings of one name, the first is the one that is stored."""

    def __init__(self) -> None:
        self._departments = _Names()
        self._sub_categories = _Names()
        self._others: dict[tuple[str, str, str], int] = {}
        self._numbers: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many lines there are so far."""
        return len(self._numbers)

    def number(self, lines: LineColumns) -> NumberedAmounts:
        """Number the amounts of one part; parts come in the order of the file."""
        departments = self._departments.codes(lines.department)
        sub_categories = self._sub_categories.codes(lines.sub_category)
        codes = zip(self._other_codes(lines), departments, sub_categories, strict=True)
        keys = [(other << _BITS | department) << _BITS | sub_category for other, department, sub_category in codes]
        firsts = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
        for known in firsts.keys() & self._numbers.keys():
            del firsts[known]
        first, order = self.count, self._in_order(list(firsts))
        self._numbers.update(zip(order, range(first, first + len(order)), strict=True))
        places = list(map(firsts.__getitem__, order))
        new_lines = NewLines(
            first,
            *self._departments.of([departments[place] for place in places]),
            *self._sub_categories.of([sub_categories[place] for place in places]),
            [lines.fiscal_period[place] for place in places],
            [lines.line_type[place] for place in places],
            [lines.currency[place] for place in places],
            [lines.budgeted_amount[place] for place in places],
        )
        return NumberedAmounts(list(map(self._numbers.__getitem__, keys)), new_lines)

    def _in_order(self, keys: list[int]) -> list[int]:
        """As the index on lines has them: by department, sub-category, period and what else there is."""
        departments = self._departments.ranks({key >> _BITS & _LOW for key in keys})
        sub_categories = self._sub_categories.ranks({key & _LOW for key in keys})
        others = _ranks({key >> 2 * _BITS for key in keys}, list(self._others))
        ranks = [
            (departments[key >> _BITS & _LOW] << _BITS | sub_categories[key & _LOW]) << _BITS | others[key >> 2 * _BITS]
            for key in keys
        ]
        return [key for _, key in sorted(zip(ranks, keys, strict=True))]

    def _other_codes(self, lines: LineColumns) -> list[int]:
        """The number of each amount's period, line type and currency together."""
        texts = list(zip(lines.fiscal_period, lines.line_type, lines.currency, strict=True))
        for each in dict.fromkeys(texts):
            self._others.setdefault(each, len(self._others))
        return list(map(self._others.__getitem__, texts))


class _Names:
    """The distinct names of one column by their folded keys."""

    def __init__(self) -> None:
        self._code_of: dict[str, int] = {}
        self._names: list[str] = []
        self._keys: list[str] = []

    def of(self, codes: Sequence[int]) -> tuple[list[str], list[str]]:
        """The names as they were first written, and their keys."""
        return [self._names[code] for code in codes], [self._keys[code] for code in codes]

    def codes(self, column: Sequence[str]) -> list[int]:
        known = {text: self._code(text) for text in dict.fromkeys(column)}
        return list(map(known.__getitem__, column))

    def ranks(self, codes: AbstractSet[int]) -> dict[int, int]:
        """The place of each of these names among them, in the order of their keys."""
        return _ranks(codes, self._keys)

    def _code(self, text: str) -> int:
        key = fold_name(text)
        code = self._code_of.setdefault(key, len(self._names))
        if code == len(self._names):
            self._names.append(clean_name(text))
            self._keys.append(key)
        return code


def _ranks(codes: AbstractSet[int], values: Sequence[str] | Sequence[tuple[str, ...]]) -> dict[int, int]:
    return {code: rank for rank, code in enumerate(sorted(codes, key=values.__getitem__))}
