"""Revenue and expense, each for several sections side by side: ``Running costs | Running income | Capital costs``.

In: the columns that say revenue and those that say expense. Out: whether they are the two sides of the same sections.
"""

from collections.abc import Sequence

from budget_sync.domain.vocabulary import Phrases, vocabulary, words_of
from budget_sync.mapping.candidates import Candidate, when_of

_SEVERAL = 2


def are_sides_of_sections(revenue: Sequence[Candidate], expense: Sequence[Candidate]) -> bool:
    """Each section has both, in one period, and none is another's version or total: all are loaded."""
    both = [*revenue, *expense]
    if min(len(revenue), len(expense)) < _SEVERAL or len({when_of(one) for one in both}) > 1:
        return False
    if any(one.sums or "total" in one.column.evidence.tags or one.column.evidence.version is not None for one in both):
        return False
    words = vocabulary()
    incomes = [_section(one, words.revenue) for one in revenue]
    costs = [_section(one, words.expense) for one in expense]
    return sorted(incomes) == sorted(costs) and len(set(costs)) == len(costs) and all(costs)


def _section(one: Candidate, side: Phrases) -> tuple[str, ...]:
    """What the header says beside the word for its side."""
    said = {place for hit in side.hits(one.column.label) for place in range(hit.start, hit.end)}
    return tuple(word for place, word in enumerate(words_of(one.column.label)) if place not in said)
