"""Account codes of a tree in their order: 6, 60, 600, 601, 61, where each begins with the code that it lies beneath.

In: the different cells of a column, as they come. Out: whether they are such codes, which amounts never are.
"""

from collections.abc import Sequence
from itertools import pairwise

_LEAST, _LEAST_PARENTS = 5, 2
_MOSTLY = 0.6


def are_nested(cells: Sequence[str]) -> bool:
    """They rise as text, differ in length, and most begin with another of them."""
    if len(cells) < _LEAST or len(set(map(len, cells))) == 1 or not all(map(str.isdecimal, cells)):
        return False
    if any(left >= right for left, right in pairwise(cells)):
        return False
    known = set(cells)
    parents = [next((cell[:end] for end in range(len(cell) - 1, 0, -1) if cell[:end] in known), "") for cell in cells]
    beneath = [parent for parent in parents if parent]
    return len(set(beneath)) >= _LEAST_PARENTS and len(beneath) >= _MOSTLY * len(cells)
