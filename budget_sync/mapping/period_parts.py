"""Columns that part one period between them: both halves of a month are the month's budget.

In: the periods and names of columns side by side. Out: the ordinal of each (``Enero I``, ``Enero II``).
"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SEVERAL = 2


def parts_of_periods(columns: Sequence[tuple[int, str, str]]) -> dict[int, str]:
    """The ordinal at the end of each name, where every period has the same ones, from the first on; else nothing.

    ``columns``: index, period and name of each.
    """
    found = {index: _ordinal(name) for index, _, name in columns}
    by_period: dict[str, list[int]] = {}
    for index, period, _ in columns:
        by_period.setdefault(period, []).append(_ORDINALS.get(found[index], 0))
    counts = {tuple(numbers) for numbers in by_period.values()}
    numbers = next(iter(counts), ())
    if len(counts) != 1 or len(numbers) < _SEVERAL or list(numbers) != list(range(1, len(numbers) + 1)):
        return {}
    return found


def is_ordinal(side: str) -> bool:
    """Whether a side is one of these ordinals, which name no line."""
    return side in _ORDINALS


def _ordinal(name: str) -> str:
    words = _WORD.findall(name)
    return words[-1].casefold() if words else ""
