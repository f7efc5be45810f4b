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

Terms = tuple[str, str, str]  # period, line type and currency
_BITS = 24  # of a code; no file has that many names


@dataclass(frozen=True, slots=True)
class NewLines:
    """Lines that were not seen before, column by column, by their numbers, which follow each other from ``first``.

    ``places``: where in its part the first amount of each stands. Names are told by their codes.
    """

    first: int
    places: list[int]
    departments: list[int]
    sub_categories: list[int]
    terms: list[int]


@dataclass(frozen=True, slots=True)
class NumberedAmounts:
    """``numbers``: of the line of each amount of a part, None where each amount has a new line of its own."""

    numbers: list[int] | None
    new_lines: NewLines


class LineNumbers:
    """Numbers the lines of a file; of several spellings of one name, the first is the one that is stored.

    A line is known by one whole number made of the codes of its texts, and sorted by one made of their ranks.
    ``departments`` and ``sub_categories``: their names by code. ``terms``: period, line type and currency by code.
    """

    def __init__(self) -> None:
        self.departments = Names()
        self.sub_categories = Names()
        self.terms: list[Terms] = []
        self._code_of: dict[Terms, int] = {}
        self._numbers: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many lines there are so far."""
        return len(self._numbers)

    def number(self, lines: LineColumns) -> NumberedAmounts:
        """Number the amounts of one part; parts come in the order of the file."""
        departments = self.departments.codes(lines.department)
        sub_categories = self.sub_categories.codes(lines.sub_category)
        terms = self._terms_codes(lines)
        codes = (terms, sub_categories, departments)
        keys = _joined(codes, [{code: code for code in set(own)} for own in codes])
        places, one_each = self._new_places(keys), False
        first = self.count
        if places is None:
            places, one_each = list(range(len(keys))), True
        places.sort(key=_joined(codes, self._ranks(codes)).__getitem__)
        self._numbers.update(zip(map(keys.__getitem__, places), range(first, first + len(places)), strict=True))
        of_new = (list(map(own.__getitem__, places)) for own in (departments, sub_categories, terms))
        new_lines = NewLines(first, places, *of_new)
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
        terms, sub_categories, departments = map(set, codes)
        return [
            _ranks(terms, self.terms),
            self.sub_categories.ranks(sub_categories),
            self.departments.ranks(departments),
        ]

    def _terms_codes(self, lines: LineColumns) -> list[int]:
        """The number of each amount's period, line type and currency together."""
        line_types, currencies = set(lines.line_type), set(lines.currency)
        if len(line_types) == len(currencies) == 1:
            (line_type,), (currency,) = line_types, currencies
            known = {each: self._terms((each, line_type, currency)) for each in dict.fromkeys(lines.fiscal_period)}
            return list(map(known.__getitem__, lines.fiscal_period))
        return list(map(self._terms, zip(lines.fiscal_period, lines.line_type, lines.currency, strict=True)))

    def _terms(self, texts: Terms) -> int:
        code = self._code_of.setdefault(texts, len(self.terms))
        if code == len(self.terms):
            self.terms.append(texts)
        return code


class Names:
    """The distinct names of one column by code: as they were first written, and their folded keys."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.keys: list[str] = []
        self._code_of: dict[str, int] = {}

    def codes(self, column: Sequence[str]) -> list[int]:
        """The code of each text of a column."""
        known = {text: self._code(text) for text in dict.fromkeys(column)}
        return list(map(known.__getitem__, column))

    def ranks(self, codes: AbstractSet[int]) -> dict[int, int]:
        """The place of each of these names among them, in the order of their keys."""
        return _ranks(codes, self.keys)

    def _code(self, text: str) -> int:
        key = fold_name(text)
        code = self._code_of.setdefault(key, len(self.names))
        if code == len(self.names):
            self.names.append(clean_name(text))
            self.keys.append(key)
        return code


def _ranks(codes: AbstractSet[int], values: Sequence[str] | Sequence[Terms]) -> dict[int, int]:
    return {code: rank for rank, code in enumerate(sorted(codes, key=values.__getitem__))}


def _joined(columns: Sequence[Sequence[int]], worths: Sequence[Mapping[int, int]]) -> list[int]:
    """One whole number for each place: what its code in each column is worth there, the last column above the others.

    A million of them take a third of a second so, and two when each is worked out by itself.
    """
    shifted = [{code: own << at * _BITS for code, own in worth.items()} for at, worth in enumerate(worths)]
    parts = [map(worth.__getitem__, codes) for worth, codes in zip(shifted, columns, strict=True)]
    return list(reduce(partial(map, add), parts))
