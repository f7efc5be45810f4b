"""Amounts counted from one to twelve in one wording: ``Amount 1`` to ``Amount 12``, ``Budget - Period 01`` to ``12``.

In: the headers of columns of numbers. Out: by place the month of the fiscal year. The wording speaks of amounts,
budgets and periods alone: ``Store 1`` to ``Store 12`` are stores, and twelve of anything else may be anything.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from budget_sync.domain.fields import TargetField
from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.domain.vocabulary import vocabulary, words_of
from budget_sync.domain.vocabulary.fold import fold_text

_COUNTED = re.compile(r"(?P<before>[^0-9]*)(?P<number>[0-9]{1,3})(?P<after>[^0-9]*)")
_PERIODS = frozenset({"period", "per", "prd", "month", "mth", "posting", "fiscal", "gl", "fy"})


def counted_months(labels: Sequence[str]) -> dict[int, PeriodText]:
    """All twelve in their order; a thirteenth of the same wording counts something else."""
    runs: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for place, label in enumerate(labels):
        match = _COUNTED.fullmatch(fold_text(label).strip())
        if match is not None and (wording := _wording(f"{match['before']} {match['after']}")):
            runs[wording].append((int(match["number"]), place))
    return {
        place: PeriodText(PeriodKind.MONTH, number, fiscal_month=True)
        for run in runs.values()
        if [number for number, _ in run] == list(range(1, MONTHS_IN_YEAR + 1))
        for number, place in run
    }


def _wording(text: str) -> tuple[str, ...]:
    """The words beside the number; none where one of them speaks of something else."""
    words = words_of(text)
    return words if _spoken().issuperset(words) else ()


@cache
def _spoken() -> frozenset[str]:
    words = vocabulary()
    phrases = (words.fields[TargetField.BUDGETED_AMOUNT].positive, words.figures.budget, words.figures.actual)
    return _PERIODS.union(word for table in phrases for phrase in table.weights for word in phrase.split())
