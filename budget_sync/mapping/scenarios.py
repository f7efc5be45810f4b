"""Whose figures a file says it holds: a budget's, or what became of it.

In: headers, and the profiles of the columns. Out: the headers that say one or the other; whether a column of
scenarios says budget.
"""

from collections.abc import Iterable, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.period_text import find_period
from budget_sync.domain.vocabulary import Phrases, vocabulary, words_of
from budget_sync.mapping.names import read_name, says_budget
from budget_sync.mapping.values import ColumnProfile

_SURELY, _HALF = 0.9, 0.5
_SEVERAL = 3


def figures(headers: Sequence[str]) -> tuple[list[str], list[str]]:
    """The headers that say budget, and those that say actual or forecast and not budget."""
    known = vocabulary().figures
    staged = _versions(headers)
    budgets = [header for header in headers if says_budget(header) or header in staged]
    actuals = [
        header for header in headers if header not in budgets and (header in known.actual or header in known.forecast)
    ]
    return budgets, actuals


def expected_beside_actual(headers: Sequence[str]) -> list[str]:
    """``Projected cost`` beside ``Actual cost``: nothing else tells the two apart, and what is told is money."""
    known = vocabulary().figures
    came = {_without(known.actual, header) for header in headers if header in known.actual}
    return [
        header
        for header in headers
        if header in known.expected and (rest := _without(known.expected, header)) in came and _may_be_money(rest)
    ]


def _without(words: Phrases, header: str) -> str:
    rest = " ".join(words_of(header))
    for hit in words.hits(header):
        rest = rest.replace(hit.phrase, " ", 1)
    return " ".join(rest.split())


def _may_be_money(said: str) -> bool:
    named = read_name(said)
    return not said or bool(named.tags & {"revenue", "expense"}) or named.strength(TargetField.BUDGETED_AMOUNT) > _HALF


def _versions(headers: Sequence[str]) -> frozenset[str]:
    """``FY26 Requested`` beside ``FY26 Approved``: only budgets come in stages of a period.

    Or ``Approved`` beside ``Actual`` in one period after the other.
    """
    known = vocabulary().figures
    others = (known.actual, known.forecast, known.prior, known.difference)
    ranks = {
        header: vocabulary().versions.weight(header)
        for header in headers
        if find_period(header) is not None and not any(header in other for other in others)
    }
    staged = {header: rank for header, rank in ranks.items() if rank}
    planned = {find_period(header) for header in staged}
    came_to = {find_period(header) for header in headers if header in known.actual}
    stages = max(len(set(staged.values())), len(planned & came_to))
    return frozenset(staged) if stages > 1 else frozenset()


def has_scenarios(profiles: Iterable[ColumnProfile]) -> bool:
    """A column whose cells are scenarios (Budget, Actual, Forecast), few of them and again and again the budget's."""
    return any(
        profile.scenarios >= _SURELY and profile.plans * profile.filled > 1 and 2 * profile.distinct <= profile.filled
        for profile in profiles
    )


def are_outcomes(profiles: Iterable[ColumnProfile]) -> bool:
    """A column whose every cell says actual or forecast: what the file holds is what became of a budget."""
    return any(
        profile.outcomes >= _SURELY and profile.filled >= _SEVERAL and not profile.currency for profile in profiles
    )
