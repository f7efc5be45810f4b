"""Columns that say yes or no, debit or credit, or of what kind: a few signs over and over, and no names.

In: the distinct cells of a column, and how many cells there are. Out: yes or no.
"""

from collections.abc import Collection
from string import ascii_uppercase

_FLAGS = frozenset({"0", "1", "y", "n", "yes", "no", "true", "false", "x", ""})
_SIDES = (frozenset({"d", "c"}), frozenset({"dr", "cr"}), frozenset({"s", "h"}), frozenset({"debit", "credit"}))
_CLASSES, _MANY_CELLS = frozenset({"1", "2"}), 8


def are_flags(distinct: Collection[str], count: int) -> bool:
    """``1`` and ``2`` need many cells, for two lines may bear such numbers."""
    folded = {cell.casefold() for cell in distinct}
    classes = count >= _MANY_CELLS and _CLASSES.issuperset(distinct)
    return folded <= _FLAGS or folded in _SIDES or classes or _are_letters(distinct)


def _are_letters(distinct: Collection[str]) -> bool:
    """``L``, ``S``, ``M``: kinds by their first letter, and names of nothing; ``A``, ``B``, ``C`` stand for names."""
    single = all(len(cell) == 1 and cell in ascii_uppercase for cell in distinct)
    return single and len(distinct) > 1 and sorted(distinct) != list(ascii_uppercase[: len(distinct)])
