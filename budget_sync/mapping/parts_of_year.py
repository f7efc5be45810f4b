"""Budgets for a part of the year beside the one for all of it: ``MTD Budget``, ``YTD Budget``, ``Annual Budget``.

In: the candidates and the columns left out already. Out: the columns left out, each with the reason.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from budget_sync.domain.periods import PeriodKind
from budget_sync.mapping.amount_choice import says_budget
from budget_sync.mapping.candidates import Candidate, kind_of, when_of
from budget_sync.mapping.spans import shorter_spans

_FIGURES = re.compile(r"[0-9]+")
_PARTLY = "for a part of the year, beside the budget for all of it"


def of_parts_of_year(candidates: Sequence[Candidate], known: Mapping[int, str]) -> dict[int, str]:
    """Nothing where no budget is for the whole year; months or quarters that stand side by side are its budget."""
    budgets = [one for one in candidates if one.column.index not in known and says_budget(one)]
    times = Counter(kind for kind, _ in {(kind_of(one.column), when_of(one)) for one in budgets})
    runs = Counter(_without_figures(one) for one in budgets)
    parts = [one for one in budgets if runs[_without_figures(one)] == 1 and _is_of_part(one, times)]
    whole = [one for one in budgets if one not in parts and "prior" not in one.column.evidence.tags]
    found = {one.column.index for one in parts} if whole else set()
    found |= shorter_spans([one for one in candidates if one.column.index not in known])
    return dict.fromkeys(found, _PARTLY)


def _is_of_part(one: Candidate, times: Mapping[PeriodKind | None, int]) -> bool:
    """A word of it (``YTD``), or the one month that is named beside years."""
    kind = kind_of(one.column)
    if kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF):
        return times[kind] == 1
    return "partly" in one.column.evidence.tags


def _without_figures(one: Candidate) -> str:
    """``Budget period 1`` to ``Budget period 12`` are one name over and over."""
    return _FIGURES.sub("", one.column.label) if _FIGURES.search(one.column.label) else f"{one.column.index}"
