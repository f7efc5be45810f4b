"""Texts as COPY's text format takes them, and what lines are called in it.

In: texts, and the names of lines by their codes. Out: columns of text, ready to be joined to rows.
"""

import re
from collections.abc import Iterable, Iterator

from budget_sync.loading.numbering import LineNumbers, Names, NewLines

NULL, BETWEEN = r"\N", "\t"
# What COPY's text format gives a meaning; NUL has no place in PostgreSQL's text.
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})
_SPECIAL = re.compile(r"[\\\t\n\r\0]")


def escaped(texts: list[str]) -> list[str]:
    """The texts as COPY takes them; the same ones where none has a character of another meaning there."""
    if _SPECIAL.search("".join(texts)) is None:
        return texts
    return [text.translate(_ESCAPES) for text in texts]


class NameTexts:
    """What the lines of a file are called, as COPY takes it: each name is escaped and joined with its key once."""

    def __init__(self, numbers: LineNumbers) -> None:
        self._numbers = numbers
        self._departments: list[str] = []
        self._sub_categories: list[str] = []
        self._terms: list[str] = []

    def columns(self, new: NewLines) -> list[Iterable[str]]:
        """Department and its key, sub-category and its key, then period, line type and currency, of each new line."""
        numbers = self._numbers
        self._departments += _pairs(numbers.departments, len(self._departments))
        self._sub_categories += _pairs(numbers.sub_categories, len(self._sub_categories))
        self._terms += map(BETWEEN.join, numbers.terms[len(self._terms) :])
        return [
            map(self._departments.__getitem__, new.departments),
            map(self._sub_categories.__getitem__, new.sub_categories),
            map(self._terms.__getitem__, new.terms),
        ]


def _pairs(names: Names, first: int) -> Iterator[str]:
    """Names and their keys from the code ``first`` on."""
    return map(BETWEEN.join, zip(escaped(names.names[first:]), escaped(names.keys[first:]), strict=True))
