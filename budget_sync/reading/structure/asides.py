"""Figures that are no money, under a heading of their own: assumptions, key figures.

In: the roles of the rows so far and the texts of the sections. Out: the rows of such headings, with all up to the next.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.vocabulary import vocabulary

_MOST = 0.5
_ENDS = frozenset({"section", "header"})


def asides(roles: Sequence[str], sections: Mapping[int, str]) -> list[int]:
    """Nothing where most lines stand under such headings."""
    heads = [row for row, text in sections.items() if vocabulary().rows.aside.is_whole(text)]
    if not heads:
        return []
    found = [row for head in heads for row in range(head, _end(roles, head))]
    lines = sum(role == "line" for role in roles)
    return found if sum(roles[row] == "line" for row in found) <= _MOST * lines else []


def _end(roles: Sequence[str], head: int) -> int:
    return next((row for row in range(head + 1, len(roles)) if roles[row] in _ENDS), len(roles))
