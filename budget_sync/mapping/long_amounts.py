"""One column of amounts, or what is earned and what is spent side by side.

In: the candidates. Out: ``AmountChoice``, with the columns that could as well be the budget.
"""

from collections.abc import Sequence
from dataclasses import replace

from budget_sync.domain.fields import Layout, LineType
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.amount_choice import AmountChoice, ChosenAmount, is_total, says_budget
from budget_sync.mapping.candidates import LEAST_SCORE, Candidate, when_of
from budget_sync.mapping.left_out import REASONS
from budget_sync.mapping.sections_of_sides import are_sides_of_sections

_SEVERAL = 2
_HARDLY_FILLED = 0.05
_FEW_ROWS = 0.1  # so few rows have an amount in it: no budget, where another column is filled
_LAST_RESORT = -0.5
_RIVAL = 0.3
_YEAR_TELLS = 0.8  # what a period in its header adds to a column's score, and says nothing of which budget it is


def one_column(candidates: Sequence[Candidate]) -> AmountChoice:
    """One column of amounts, or measures side by side."""
    candidates = [one for one in candidates if one.score >= LEAST_SCORE] or [
        one for one in candidates if one.score >= _LAST_RESORT
    ]
    if not candidates:
        return AmountChoice(Layout.LONG, [])
    measures = _measures(candidates)
    if measures:
        return AmountChoice(Layout.LONG, measures)
    ordered = sorted(candidates, key=lambda one: (one.column.profile.fill < _FEW_ROWS, -one.score, one.column.index))
    best = ordered[0]
    rivals = [one for one in ordered[1:] if one.score > best.score - _RIVAL - _head_start(best, one)]
    if whole := _whole_of([best, *rivals], candidates):
        parts = {one.column.index: REASONS["part"] for one in (best, *rivals) if one is not whole}
        return AmountChoice(Layout.LONG, [ChosenAmount(whole.column, whole.column.period)], parts)
    return AmountChoice(
        Layout.LONG, [ChosenAmount(best.column, best.column.period)], {}, [one.column for one in rivals]
    )


def _whole_of(likely: Sequence[Candidate], candidates: Sequence[Candidate]) -> Candidate | None:
    """``Total allocation`` is the budget where ``Fall allocation`` and ``Spring allocation`` could each as well be it.

    So is ``Total budget`` beside ``Base budget``, a part of it. A total over several years is the budget of none.
    """
    for whole in candidates:
        parts = {one.column.index for one in likely if one is not whole}
        timed = (one.column for one in candidates if one.column.index in whole.sums)
        if any(one.period not in (None, whole.column.period) or "prior" in one.evidence.tags for one in timed):
            continue
        if len(parts) >= (1 if whole is likely[0] else _SEVERAL) and parts.issubset(whole.sums):
            return whole
    return None


def _head_start(best: Candidate, other: Candidate) -> float:
    """``Plan jewellery 2026`` beside a plain ``Budget``: the year alone puts it ahead of what says budget as well."""
    both = says_budget(best) and says_budget(other)
    return _YEAR_TELLS if both and best.column.period is not None and other.column.period is None else 0.0


def _costs(candidates: Sequence[Candidate], revenue: Sequence[Candidate]) -> list[Candidate]:
    """What is budgeted beside revenue, each kind by its name; EBITDA is the result of all, ``Budget`` their sum."""
    costs = [
        one
        for one in candidates
        if says_budget(one) and one not in revenue and "derived" not in one.column.evidence.tags and not is_total(one)
    ]
    told = [*costs, *revenue]
    of_one_kind = len({when_of(one) for one in told}) == 1 and all(one.column.evidence.version is None for one in told)
    named = all(len(words_of(one.column.label)) > 1 for one in costs)
    return costs if of_one_kind and named and len(costs) >= _SEVERAL else []


def _measures(candidates: Sequence[Candidate]) -> list[ChosenAmount]:
    """Revenue beside expenses, or OPEX beside CAPEX; what is paid for beside ``Annual Budget`` is a part of it."""
    revenue = [one for one in candidates if "revenue" in one.column.evidence.tags]
    expense = [one for one in candidates if "expense" in one.column.evidence.tags and one not in revenue]
    others = [one for one in candidates if "measure" in one.column.evidence.tags and one not in revenue + expense]
    kinds = _costs(candidates, revenue)
    if revenue and kinds and all(map(says_budget, [*revenue, *expense])):
        return [*_kinds_of_cost(kinds), _income(max(revenue, key=lambda one: one.score))]
    if not expense and len(others) == 1 and all(map(says_budget, [*revenue, *others])):
        expense = others  # Budget revenue beside Budget OpEx
    if are_sides_of_sections(revenue, expense):
        return [*_kinds_of_cost(expense), *(replace(_income(one), label=one.column.label.strip()) for one in revenue)]
    if revenue and expense:
        best = max(expense, key=lambda one: one.score)
        beside = max(revenue, key=lambda one: one.score)
        if min(best.column.profile.fill, beside.column.profile.fill) < _HARDLY_FILLED:
            return []
        return [
            ChosenAmount(best.column, best.column.period, line_type=LineType.EXPENSE),
            _income(beside),
        ]
    whole = any(says_budget(one) for one in candidates if one not in others)
    if len(others) >= _SEVERAL and (not whole or any(map(says_budget, others))):
        return [ChosenAmount(one.column, one.column.period, label=one.column.label.strip()) for one in others]
    return []


def _kinds_of_cost(kinds: Sequence[Candidate]) -> list[ChosenAmount]:
    """``Budget COGS`` and ``Budget OpEx`` beside ``Budget revenue``: none is the other's version, all are spent."""
    return [
        ChosenAmount(one.column, one.column.period, one.column.label.strip(), LineType.EXPENSE)
        for one in sorted(kinds, key=lambda one: one.column.index)
    ]


def _income(one: Candidate) -> ChosenAmount:
    return ChosenAmount(one.column, one.column.period, line_type=LineType.REVENUE, is_main=False)
