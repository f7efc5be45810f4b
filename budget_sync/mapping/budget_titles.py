"""Titles, sheets and file names that name a budget, and those that name what became of one.

In: one of them. Out: whether it does.
"""

from budget_sync.domain.fields import FileType
from budget_sync.domain.vocabulary import vocabulary, words_of
from budget_sync.mapping.names import read_name


def names_budget(place: str) -> bool:
    """``Budget`` or ``Budżetu``; ``Wykonanie budżetu`` tells what became of it."""
    if place in vocabulary().executions:
        return False
    return place in vocabulary().file_types[FileType.BUDGET].titles or (_has_stem(place) and not says_actual(place))


def says_actual(place: str) -> bool:
    """A file or a sheet named for what became of a budget."""
    tags = read_name(place).tags
    return ("actual" in tags and "budget" not in tags) or place in vocabulary().executions


def _has_stem(place: str) -> bool:
    """The word for a budget in another case or in a compound: ``rozpočtu``, ``budgetförslag``."""
    return any(stem in word for word in words_of(place) for stem in vocabulary().budget_stems)
