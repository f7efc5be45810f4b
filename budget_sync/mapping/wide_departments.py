"""Amounts side by side whose headers are departments or categories.

In: the candidates. Out: ``AmountChoice``, None where the headers name something else.
"""

import re
from collections.abc import Sequence

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.mapping.amount_choice import AmountChoice, ChosenAmount, is_strong, is_total, says_budget, totals_of
from budget_sync.mapping.budgets_of_units import budgets_of_units
from budget_sync.mapping.candidates import LEAST_SCORE, Candidate
from budget_sync.mapping.cell_meanings import department_weight
from budget_sync.mapping.numbered_times import counts_weeks

_LEAST_DEPARTMENTS = 3
_MOST_PARTS = 0.7
_HALF = 0.5
_SEVERAL = 2
_STRONG = 0.6
_NUMBERED = re.compile(r"(?P<stem>[^0-9]*[^\W0-9_]{2}[^0-9]*?)(?P<number>[0-9]{1,2})")


def by_department(candidates: Sequence[Candidate], times_down: bool) -> AmountChoice | None:
    """Three or more columns of amounts whose headers name no amount: the headers are departments or categories.

    Or two and more budgets, each with the name of a department.
    """
    if units := budgets_of_units(candidates):
        own = [one for one in candidates if one.column.index in units]
        chosen = [ChosenAmount(one.column, one.column.period, units[one.column.index]) for one in own]
        return AmountChoice(Layout.WIDE_DEPARTMENTS, chosen, totals_of(candidates))
    plain = [one for one in candidates if _is_plain(one)]
    whole = max((one for one in candidates if one.sums), key=lambda one: len(one.sums), default=None)
    if whole is not None:
        parts = [one for one in plain if one.column.index in whole.sums]
        if len(parts) < max(_LEAST_DEPARTMENTS, _MOST_PARTS * len(whole.sums)) or _are_numbered(parts):
            return None
        named = [one for one in candidates if is_strong(one) and not is_total(one)]  # General Fund Allocation
        parts = [one for one in candidates if one.column.index in whole.sums and (one in plain or one in named)]
    else:
        parts = [one for one in plain if one.score >= LEAST_SCORE or times_down]
        if len(parts) < _LEAST_DEPARTMENTS or any(map(is_strong, candidates)) or _are_measures(parts):
            return None
        if any(says_budget(one) and one.column.evidence.version is not None for one in parts):  # the revised estimate
            return None
    return _named(parts, candidates)


def are_kinds_of_cost(chosen: Sequence[ChosenAmount]) -> bool:
    """Personnel, maintenance and capital side by side: what is paid for, not who pays."""
    kinds = sum(bool(one.column.evidence.tags & {"measure", "expense"}) for one in chosen)
    return kinds > _HALF * len(chosen)


def name_departments(chosen: Sequence[ChosenAmount]) -> bool:
    """Sales, IT and HR side by side: most of the labels are such as departments have."""
    usual = sum(department_weight(one.label) >= _STRONG for one in chosen)
    return usual > _HALF * len(chosen)


def by_name(candidates: Sequence[Candidate]) -> AmountChoice | None:
    """Every column of amounts that has a name and no period: only where a person says so."""
    parts = [one for one in candidates if one.column.label.strip() and one.column.period is None and not is_total(one)]
    return _named(parts, candidates) if len(parts) >= _SEVERAL else None


def _named(parts: Sequence[Candidate], candidates: Sequence[Candidate]) -> AmountChoice:
    chosen = [ChosenAmount(one.column, label=one.column.label.strip()) for one in parts]
    return AmountChoice(Layout.WIDE_DEPARTMENTS, chosen, totals_of(candidates))


def _is_plain(one: Candidate) -> bool:
    """Named, but by no word of amounts or weeks: the costs of ``Office costs`` are a part of what they are for."""
    label, tags = one.column.label, one.column.evidence.tags
    named = bool(label.strip()) and "code" not in tags and not counts_weeks(label)
    return named and not is_total(one) and not is_strong(one)


def _are_numbered(parts: Sequence[Candidate]) -> bool:
    """``Value 1`` to ``Value 12`` beside their total tell no departments apart."""
    labels = [one.column.label for one in parts if not one.column.evidence.strength(TargetField.DEPARTMENT)]
    numbered = [found for label in labels if (found := _NUMBERED.fullmatch(label.strip()))]
    stems = {found["stem"].casefold() for found in numbered}
    numbers = sorted(int(found["number"]) for found in numbered)
    return len(stems) == 1 and numbers == [*range(1, len(numbers) + 1)] and len(numbers) > _HALF * len(parts)


def _are_measures(parts: Sequence[Candidate]) -> bool:
    """Revenue beside costs: kinds of money, not departments."""
    tags = [one.column.evidence.tags for one in parts]
    return any("revenue" in own for own in tags) and any("expense" in own for own in tags)
