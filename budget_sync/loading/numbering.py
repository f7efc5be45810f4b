"""Which budget line each amount belongs to: a number for each line, names by their folded key.

In: validated lines, part after part. Out: a number an amount, and the lines that are new with each part. Those are
numbered in the order of their keys: rows that reach an index of PostgreSQL in its order cost it a third less.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial, reduce
from operator import add

from budget_sync.domain.names import clean_name, fold_name
from budget_sync.validation.lines import LineColumns

_BITS = 24  # of a code; no file has that many names


@dataclass(frozen=True, slots=True)
class NewLines:
    """Lines that were not seen before, column by column, by their numbers, which follow each other from ``first``.

    ``places``: where in its part the first amount of each stands.
    """

    first: int
    places: list[int]
    department: list[str]
    department_key: list[str]
    sub_category: list[str]
    sub_category_key: list[str]


@dataclass(frozen=True, slots=True)
class NumberedAmounts:
    """``numbers``: of the line of each amount of a part, None where each amount has a new line of its own."""

    numbers: list[int] | None
    new_lines: NewLines


class LineNumbers:
    """Numbers the lines of a file; of several spellings of one name, the first is the one that is stored.

    A line is known by one whole number made of the codes of its texts, and sorted by one made of their ranks.
    """

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
        codes = (self._other_codes(lines), sub_categories, departments)
        keys = _joined(codes, [{code: code for code in set(own)} for own in codes])
        places, one_each = self._new_places(keys), False
        first = self.count
        if places is None:
            places, one_each = list(range(len(keys))), True
        places.sort(key=_joined(codes, self._ranks(codes)).__getitem__)
        self._numbers.update(zip(map(keys.__getitem__, places), range(first, first + len(places)), strict=True))
        new_lines = NewLines(
            first,
            places,
            *self._departments.of([departments[place] for place in places]),
            *self._sub_categories.of([sub_categories[place] for place in places]),
        )
        return NumberedAmounts(None if one_each else list(map(self._numbers.__getitem__, keys)), new_lines)

    def _new_places(self, keys: Sequence[int]) -> list[int] | None:
        """Where each line that is new stands first; None where each of the amounts has a new one of its own."""
        different = set(keys)
        if len(different) == len(keys) and self._numbers.keys().isdisjoint(different):
            return None
        firsts = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
        for known in firsts.keys() & self._numbers.keys():
            del firsts[known]
        return list(firsts.values())

    def _ranks(self, codes: Sequence[Sequence[int]]) -> list[dict[int, int]]:
        """As the index on lines has them: by department, sub-category, period and what else there is."""
        others, sub_categories, departments = map(set, codes)
        return [
            _ranks(others, list(self._others)),
            self._sub_categories.ranks(sub_categories),
            self._departments.ranks(departments),
        ]

    def _other_codes(self, lines: LineColumns) -> list[int]:
        """The number of each amount's period, line type and currency together."""
        line_types, currencies = set(lines.line_type), set(lines.currency)
        if len(line_types) == len(currencies) == 1:
            (line_type,), (currency,) = line_types, currencies
            known = {each: self._other((each, line_type, currency)) for each in dict.fromkeys(lines.fiscal_period)}
            return list(map(known.__getitem__, lines.fiscal_period))
        return list(map(self._other, zip(lines.fiscal_period, lines.line_type, lines.currency, strict=True)))

    def _other(self, texts: tuple[str, str, str]) -> int:
        return self._others.setdefault(texts, len(self._others))


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


def _joined(columns: Sequence[Sequence[int]], worths: Sequence[Mapping[int, int]]) -> list[int]:
    """One whole number for each place: what its code in each column is worth there, the last column above the others.

    A million of them take a third of a second so, and two when each is worked out by itself.
    """
    shifted = [{code: own << at * _BITS for code, own in worth.items()} for at, worth in enumerate(worths)]
    parts = [map(worth.__getitem__, codes) for worth, codes in zip(shifted, columns, strict=True)]
    return list(reduce(partial(map, add), parts))
