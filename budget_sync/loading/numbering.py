"""Which budget line each amount belongs to: lines are numbered as they first appear, names by their folded key.

In: frames of validated lines, one after the other. Out: a number an amount, and the lines that are new with each frame.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from budget_sync.domain.names import clean_name, fold_name

if TYPE_CHECKING:
    Codes = np.ndarray[Any, np.dtype[np.int64]]

_HIGH = 32  # bits to the left of a second code, of which there are never that many
_OTHERS = ["fiscal_period", "line_type", "currency"]


@dataclass(frozen=True, slots=True)
class NumberedAmounts:
    """``numbers``: of the line of each amount of a frame. ``new_lines``: a tuple for each line not seen before.

    A line is its number, department and key, sub-category and key, period, line type and currency.
    """

    numbers: list[int]
    new_lines: list[tuple[str, ...]]


class LineNumbers:
    """Numbers the lines of a file; of several spellings of one name, the first is the one that is stored."""

    def __init__(self) -> None:
        self._departments = _Names()
        self._sub_categories = _Names()
        next_number = count()
        self._others: dict[tuple[str, ...], int] = {}
        self._numbers: defaultdict[int, _Numbers] = defaultdict(lambda: _Numbers(next_number))
        self.count = 0

    def number(self, frame: pd.DataFrame) -> NumberedAmounts:
        """Number the amounts of one frame; frames come in the order of the file."""
        departments = self._departments.codes(frame["department"])
        sub_categories = self._sub_categories.codes(frame["sub_category"])
        others = self._other_codes(frame)
        names = (departments << _HIGH) | sub_categories
        numbers = [self._numbers[other][name] for other, name in zip(others.tolist(), names.tolist(), strict=True)]
        firsts = self._first_rows(numbers)
        spelled = list(self._others)
        new_lines = [
            (str(number), *self._departments.of(department), *self._sub_categories.of(sub_category), *spelled[other])
            for number, department, sub_category, other in zip(
                range(self.count, self.count + len(firsts)),
                departments[firsts].tolist(),
                sub_categories[firsts].tolist(),
                others[firsts].tolist(),
                strict=True,
            )
        ]
        self.count += len(firsts)
        return NumberedAmounts(numbers, new_lines)

    def _first_rows(self, numbers: list[int]) -> "Codes":
        """Where the lines that are new stand first, in the order of their numbers."""
        own = np.array(numbers, dtype=np.int64)
        new = np.flatnonzero(own >= self.count)
        return new[np.unique(own[new], return_index=True)[1]]

    def _other_codes(self, frame: pd.DataFrame) -> "Codes":
        """The number of each row's period, line type and currency together."""
        columns = [pd.factorize(frame[name]) for name in _OTHERS]
        combined = np.zeros(len(frame), dtype=np.int64)
        for codes, values in columns:
            combined = combined * max(len(values), 1) + codes
        local, first_rows = pd.factorize(combined)[0], np.unique(combined, return_index=True)[1]
        known = np.empty(len(first_rows), dtype=np.int64)
        for row in first_rows.tolist():
            texts = tuple(str(values[codes[row]]) for codes, values in columns)
            known[local[row]] = self._others.setdefault(texts, len(self._others))
        return known[local]


class _Numbers(dict[int, int]):
    """The number of a line by its names, among those of one period, line type and currency."""

    def __init__(self, next_number: Iterator[int]) -> None:
        super().__init__()
        self._next = next_number

    def __missing__(self, names: int) -> int:
        self[names] = number = next(self._next)
        return number


class _Names:
    """The distinct names of one column by their folded keys."""

    def __init__(self) -> None:
        self._code_of: dict[str, int] = {}
        self._names: list[tuple[str, str]] = []

    def of(self, code: int) -> tuple[str, str]:
        """The name as it was first written, and its key."""
        return self._names[code]

    def codes(self, column: "pd.Series[str]") -> "Codes":
        codes, written = pd.factorize(column)
        known = [self._code(str(text)) for text in written]
        return np.array(known, dtype=np.int64)[codes] if known else codes.astype(np.int64)

    def _code(self, text: str) -> int:
        key = fold_name(text)
        code = self._code_of.setdefault(key, len(self._names))
        if code == len(self._names):
            self._names.append((clean_name(text), key))
        return code
