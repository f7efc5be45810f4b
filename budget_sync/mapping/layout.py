"""Which columns are the budgets, and how they lie: long, or wide by time, version, department or category.

In: the columns with their amount scores. Out: ``AmountChoice``: the layout, the chosen columns with the period or
label that each gives to its lines, and why the other columns of numbers are left out.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from budget_sync.domain.fields import Layout, LineType
from budget_sync.domain.periods import PeriodKind
from budget_sync.mapping.amount_choice import AmountChoice, ChosenAmount, is_total, says_budget, totals_of
from budget_sync.mapping.candidates import LEAST_SCORE, Candidate, kind_of, when_of, year_of
from budget_sync.mapping.left_out import FORGIVEN, reason_against
from budget_sync.mapping.long_amounts import one_column
from budget_sync.mapping.other_years import of_other_years
from budget_sync.mapping.parts_of_year import of_parts_of_year
from budget_sync.mapping.period_parts import is_ordinal
from budget_sync.mapping.sides import sides_of
from budget_sync.mapping.wide_departments import by_department, by_name
from budget_sync.mapping.wide_versions import by_numbered_version, by_version, version_key

_LAYOUT_OF = {
    PeriodKind.MONTH: Layout.WIDE_MONTHS,
    PeriodKind.QUARTER: Layout.WIDE_QUARTERS,
    PeriodKind.HALF: Layout.WIDE_HALVES,
    PeriodKind.YEAR: Layout.WIDE_YEARS,
}
_NUMERIC = 0.5
_SEVERAL = 2


def choose_amounts(
    candidates: Sequence[Candidate],
    year: int | None = None,
    layout: Layout | None = None,
    *,
    times_down: bool = False,
) -> AmountChoice:
    """The budget columns among all columns of numbers; ``year``: the one that the file is for, where it says so.

    ``layout``: how a person says they lie; where they cannot, as they seem to. ``times_down``: nothing but months or
    quarters names the rows, so that headers say what the amounts are for.
    """
    left_out = {one.column.index: reason for one in candidates if (reason := reason_against(one.column))}
    left_out |= of_parts_of_year(candidates, left_out)
    left_out |= of_other_years(candidates, left_out, year)
    if not any(one.score >= LEAST_SCORE for one in candidates if one.column.index not in left_out):
        left_out = {index: reason for index, reason in left_out.items() if reason not in FORGIVEN}
    usable = [one for one in candidates if one.column.index not in left_out]
    ways = _ways(usable, times_down)
    choice = next((way for way in ways if way.layout is layout), ways[0])
    return replace(_completed(choice, candidates, left_out), ways=tuple(dict.fromkeys(way.layout for way in ways)))


def _ways(candidates: Sequence[Candidate], times_down: bool) -> list[AmountChoice]:
    """The likeliest first; months before quarters before halves before years: the finer add up to the coarser."""
    found = [
        *(_by_period(candidates, kind) for kind in PeriodKind),
        by_version(candidates),
        by_numbered_version(candidates),
        by_department(candidates, times_down),
        one_column(candidates),
        by_name(candidates),
    ]
    return [way for way in found if way is not None]


def _completed(choice: AmountChoice, candidates: Sequence[Candidate], left_out: dict[int, str]) -> AmountChoice:
    chosen = {one.column.index for one in choice.chosen}
    reasons = {**left_out, **choice.left_out}
    for one in candidates:
        if one.column.index not in chosen:
            reasons.setdefault(one.column.index, "another column fits the budget better")
    return replace(choice, left_out={i: r for i, r in reasons.items() if i not in chosen})


def _by_period(candidates: Sequence[Candidate], kind: PeriodKind) -> AmountChoice | None:
    """The columns of one kind of period, of each period the version in force."""
    parts = {index for one in candidates for index in one.sums}
    own = [one for one in candidates if kind_of(one.column) is kind and (not is_total(one) or _is_part(one, parts))]
    for whole in _led_to(own, candidates):
        own = [one for one in own if one.column.index not in whole.sums] + [whole]
    if len({when_of(one) for one in own}) < _SEVERAL or not any(one.column.profile.numbers >= _NUMERIC for one in own):
        return None
    if _change_a_budget(own, candidates) or _are_not_the_year(own, kind, candidates):
        return None
    sides = sides_of(own, [one.sums for one in candidates if one.sums])
    best: dict[tuple[str, str], Candidate] = {}
    for one in own:
        key = (when_of(one), sides[one.column.index])
        if key not in best or version_key(one) > version_key(best[key]):
            best[key] = one
    chosen = [_of_side(one, sides[one.column.index]) for one in own if one in best.values()]
    chosen += [ChosenAmount(one.column, one.column.period) for one in _later_years(own, kind, candidates)]
    return AmountChoice(_LAYOUT_OF[kind], chosen, totals_of(candidates))


def _change_a_budget(own: Sequence[Candidate], candidates: Sequence[Candidate]) -> bool:
    """``Original Budget``, what September and December changed, ``Revised Budget``, the sum of all."""
    if any(map(says_budget, own)):
        return False
    changes = {one.column.index for one in own}
    others = {one.column.index for one in candidates if one not in own and says_budget(one)}
    return any(changes.issubset(one.sums) and others.intersection(one.sums) for one in candidates if says_budget(one))


def _led_to(own: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """``2024 Budget | 2025 Base | 2025 Growth | 2025 Budget``: the sum of a year's steps is its budget, as before."""
    of_time = {one.column.index: when_of(one) for one in own}
    plain = {one.column.index for one in own if not says_budget(one)}
    columns = Counter(of_time.values())
    alone = {when_of(one) for one in own if says_budget(one) and columns[when_of(one)] == 1}
    wholes = [one for one in candidates if one not in own and len(one.sums) >= _SEVERAL and plain.issuperset(one.sums)]
    return [one for one in wholes if {of_time[part] for part in one.sums} == {when_of(one)} and alone - {when_of(one)}]


def _are_not_the_year(own: Sequence[Candidate], kind: PeriodKind, candidates: Sequence[Candidate]) -> bool:
    """``Jan``, ``Feb``, ``Mar`` beside ``Annual budget``, which is not their sum: what came of it so far."""
    if kind is PeriodKind.YEAR or any(map(says_budget, own)) or len(set(map(when_of, own))) * kind >= PeriodKind.YEAR:
        return False
    others = (one for one in candidates if one not in own and kind_of(one.column) in (None, PeriodKind.YEAR))
    return any(says_budget(one) and not one.sums and one.score >= LEAST_SCORE for one in others)


def _later_years(own: Sequence[Candidate], kind: PeriodKind, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Whole years planned behind all months or quarters of an earlier one: ``Q4 2026``, ``FY2026``, ``FY2027``."""
    whole = all(map(year_of, own)) and len(set(map(when_of, own))) * kind >= PeriodKind.YEAR
    last = max(map(year_of, own)) if whole else 0
    later = [one for one in candidates if one not in own and kind_of(one.column) is PeriodKind.YEAR]
    years = [one for one in later if last and year_of(one) > last and not is_total(one)]
    return years if len({year_of(one) for one in years}) == len(years) else []


def _is_part(one: Candidate, parts: Collection[int]) -> bool:
    """``Total recurrent`` sums no column and is itself a part of ``Total``: the word speaks of what lies elsewhere."""
    return not one.sums and one.column.index in parts


def _of_side(one: Candidate, side: str) -> ChosenAmount:
    if side in set(LineType):
        line_type = LineType(side)
        return ChosenAmount(one.column, one.column.period, line_type=line_type, is_main=line_type is LineType.EXPENSE)
    return ChosenAmount(one.column, one.column.period, label="" if is_ordinal(side) else side)
