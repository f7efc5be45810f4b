"""Which columns are the budgets, and how they lie: long, or wide by time, version, department or category.

In: the columns with their amount scores. Out: ``AmountChoice``: the layout, the chosen columns with the period or
label that each gives to its lines, and why the other columns of numbers are left out.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from budget_sync.domain.fields import Layout, LineType, TargetField
from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.budgets_of_units import budgets_of_units
from budget_sync.mapping.candidates import LEAST_SCORE, Candidate, counts_unknown, kind_of, when_of, year_of
from budget_sync.mapping.cell_meanings import department_weight
from budget_sync.mapping.columns import Column
from budget_sync.mapping.left_out import FORGIVEN, REASONS, reason_against
from budget_sync.mapping.numbered_times import counts_weeks
from budget_sync.mapping.numbered_versions import numbered_versions
from budget_sync.mapping.other_years import of_other_years
from budget_sync.mapping.period_parts import is_ordinal
from budget_sync.mapping.sections_of_sides import are_sides_of_sections
from budget_sync.mapping.sides import sides_of
from budget_sync.mapping.versions import version_number, version_rank

_LAYOUT_OF = {
    PeriodKind.MONTH: Layout.WIDE_MONTHS,
    PeriodKind.QUARTER: Layout.WIDE_QUARTERS,
    PeriodKind.HALF: Layout.WIDE_HALVES,
    PeriodKind.YEAR: Layout.WIDE_YEARS,
}
_LEAST_DEPARTMENTS = 3
_NUMERIC = 0.5
_MOST_PARTS = 0.7
_HALF = 0.5
_SEVERAL = 2
_HARDLY_FILLED = 0.05
_FEW_ROWS = 0.1  # so few rows have an amount in it: no budget, where another column is filled
_STRONG = 0.6
_NUMBERED = re.compile(r"(?P<stem>[^0-9]*[^\W0-9_]{2}[^0-9]*?)(?P<number>[0-9]{1,2})")
_LAST_RESORT = -0.5
_RIVAL = 0.3
_REVISED = 4.0  # the rank of a revised budget (versions.toml): a word of it is a word of budgets
_YEAR_TELLS = 0.8  # what a period in its header adds to a column's score, and says nothing of which budget it is


@dataclass(frozen=True, slots=True)
class ChosenAmount:
    """One budget column. ``label``: what it gives to its lines beside a period; ``is_main``: counts in the sum.

    ``code``: the stored period that a person approved.
    """

    column: Column
    period: PeriodText | None = None
    label: str = ""
    line_type: LineType | None = None
    is_main: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True)
class AmountChoice:
    """``left_out``: the other columns of numbers with the reason; ``rivals``: columns that could as well be it.

    ``ways``: the layouts in which these columns can be read, the likeliest first.
    """

    layout: Layout
    chosen: list[ChosenAmount]
    left_out: dict[int, str] = field(default_factory=dict)
    rivals: list[Column] = field(default_factory=list)
    ways: tuple[Layout, ...] = ()


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
        _by_version(candidates),
        _by_numbered_version(candidates),
        _by_department(candidates, times_down),
        _long(candidates),
        _by_name(candidates),
    ]
    return [way for way in found if way is not None]


def _completed(choice: AmountChoice, candidates: Sequence[Candidate], left_out: dict[int, str]) -> AmountChoice:
    chosen = {one.column.index for one in choice.chosen}
    reasons = {**left_out, **choice.left_out}
    for one in candidates:
        if one.column.index not in chosen:
            reasons.setdefault(one.column.index, "another column fits the budget better")
    return replace(choice, left_out={i: r for i, r in reasons.items() if i not in chosen})


def _is_total(one: Candidate) -> bool:
    return bool(one.sums) or "total" in one.column.evidence.tags


def _by_period(candidates: Sequence[Candidate], kind: PeriodKind) -> AmountChoice | None:
    """The columns of one kind of period, of each period the version in force."""
    parts = {index for one in candidates for index in one.sums}
    own = [one for one in candidates if kind_of(one.column) is kind and (not _is_total(one) or _is_part(one, parts))]
    if len({when_of(one) for one in own}) < _SEVERAL or not any(one.column.profile.numbers >= _NUMERIC for one in own):
        return None
    sides = sides_of(own, [one.sums for one in candidates if one.sums])
    best: dict[tuple[str, str], Candidate] = {}
    for one in own:
        key = (when_of(one), sides[one.column.index])
        if key not in best or _version_key(one) > _version_key(best[key]):
            best[key] = one
    chosen = [_of_side(one, sides[one.column.index]) for one in own if one in best.values()]
    chosen += [ChosenAmount(one.column, one.column.period) for one in _later_years(own, kind, candidates)]
    return AmountChoice(_LAYOUT_OF[kind], chosen, _totals(candidates))


def _later_years(own: Sequence[Candidate], kind: PeriodKind, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Whole years planned behind all months or quarters of an earlier one: ``Q4 2026``, ``FY2026``, ``FY2027``."""
    whole = all(map(year_of, own)) and len(set(map(when_of, own))) * kind >= PeriodKind.YEAR
    last = max(map(year_of, own)) if whole else 0
    later = [one for one in candidates if one not in own and kind_of(one.column) is PeriodKind.YEAR]
    years = [one for one in later if last and year_of(one) > last and not _is_total(one)]
    return years if len({year_of(one) for one in years}) == len(years) else []


def _totals(candidates: Sequence[Candidate]) -> dict[int, str]:
    return {one.column.index: "the total of the columns beside it" for one in candidates if _is_total(one)}


def _is_part(one: Candidate, parts: Collection[int]) -> bool:
    """``Total recurrent`` sums no column and is itself a part of ``Total``: the word speaks of what lies elsewhere."""
    return not one.sums and one.column.index in parts


def _of_side(one: Candidate, side: str) -> ChosenAmount:
    if side in set(LineType):
        line_type = LineType(side)
        return ChosenAmount(one.column, one.column.period, line_type=line_type, is_main=line_type is LineType.EXPENSE)
    return ChosenAmount(one.column, one.column.period, label="" if is_ordinal(side) else side)


def _version_key(one: Candidate) -> tuple[bool, bool, bool, float, int, float]:
    """A whole budget, this year's, the version in force; of one rank the later (2nd supplementary before 1st)."""
    evidence = one.column.evidence
    now = "prior" not in evidence.tags
    rank, number = version_rank(evidence), version_number(one.column.name)
    return not one.adds, not counts_unknown(one), now, rank, number, one.score


def _by_version(candidates: Sequence[Candidate]) -> AmountChoice | None:
    """Several versions of one budget side by side: the one in force is taken."""
    usable = [one for one in candidates if _is_usable_version(one) and not _is_measure(one)]
    named = [one for one in usable if one.column.evidence.version is not None]
    budgets = [
        one
        for one in usable
        if one not in named and _is_strong(one) and ("budget" in one.column.evidence.tags or not _is_total(one))
    ]
    versions = {version_rank(one.column.evidence) for one in named}
    if not named or len(named) + len(budgets) < _SEVERAL or (len(versions) < _SEVERAL and not budgets):
        return None
    together = named + budgets
    changed = _changed(together, candidates)
    best = changed or max(together, key=_version_key)
    left = {one.column.index: "another version of the budget" for one in together if one is not best}
    equal = [one for one in together if one is not best and one.column.index not in best.sums]
    rivals = [
        one.column for one in equal if one.adds > bool(changed) or _version_key(one)[:-1] == _version_key(best)[:-1]
    ]
    if not _says_budget(best) and version_rank(best.column.evidence) < _REVISED:
        rivals += [one.column for one in equal if one.column not in rivals and _is_nothing_but_budget(one)]
    return AmountChoice(Layout.WIDE_VERSIONS, [ChosenAmount(best.column, best.column.period)], left, rivals)


def _by_numbered_version(candidates: Sequence[Candidate]) -> AmountChoice | None:
    """The last one, and asked about: what V1 and V2 were is nowhere said."""
    versions = numbered_versions(candidates)
    if not versions:
        return None
    *earlier, last = versions
    left = {one.column.index: "another version of the budget" for one in earlier}
    chosen = [ChosenAmount(last.column, last.column.period)]
    return AmountChoice(Layout.WIDE_VERSIONS, chosen, left, [one.column for one in earlier])


def _is_nothing_but_budget(one: Candidate) -> bool:
    return _says_budget(one) and one.column.evidence.strength(TargetField.BUDGETED_AMOUNT) == 1.0


def _changed(versions: Sequence[Candidate], candidates: Sequence[Candidate]) -> Candidate | None:
    """First adopted, then the supplements, then all together: the sum is in force, a supplement no version."""
    own = {one.column.index for one in (*versions, *(one for one in candidates if one.adds))}
    return next((one for one in candidates if len(one.sums) >= _SEVERAL and own.issuperset(one.sums)), None)


def _is_usable_version(one: Candidate) -> bool:
    """Named as an amount; where the name is but the version's (``Definitivo 2024``), that it holds numbers will do."""
    return one.score >= (LEAST_SCORE if one.column.evidence.version is None else _LAST_RESORT)


def _is_measure(one: Candidate) -> bool:
    return bool(one.column.evidence.tags & {"revenue", "expense", "measure"}) and one.column.evidence.version is None


def _by_department(candidates: Sequence[Candidate], times_down: bool) -> AmountChoice | None:
    """Three or more columns of amounts whose headers name no amount: the headers are departments or categories.

    Or two and more budgets, each with the name of a department.
    """
    if units := budgets_of_units(candidates):
        own = [one for one in candidates if one.column.index in units]
        chosen = [ChosenAmount(one.column, one.column.period, units[one.column.index]) for one in own]
        return AmountChoice(Layout.WIDE_DEPARTMENTS, chosen, _totals(candidates))
    plain = [one for one in candidates if _is_plain(one)]
    whole = max((one for one in candidates if one.sums), key=lambda one: len(one.sums), default=None)
    if whole is not None:
        parts = [one for one in plain if one.column.index in whole.sums]
        if len(parts) < max(_LEAST_DEPARTMENTS, _MOST_PARTS * len(whole.sums)) or _are_numbered(parts):
            return None
        named = [one for one in candidates if _is_strong(one) and not _is_total(one)]  # General Fund Allocation
        parts = [one for one in candidates if one.column.index in whole.sums and (one in plain or one in named)]
    else:
        parts = [one for one in plain if one.score >= LEAST_SCORE or times_down]
        if len(parts) < _LEAST_DEPARTMENTS or any(map(_is_strong, candidates)) or _are_measures(parts):
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


def _by_name(candidates: Sequence[Candidate]) -> AmountChoice | None:
    """Every column of amounts that has a name and no period: only where a person says so."""
    parts = [one for one in candidates if one.column.label.strip() and one.column.period is None and not _is_total(one)]
    return _named(parts, candidates) if len(parts) >= _SEVERAL else None


def _named(parts: Sequence[Candidate], candidates: Sequence[Candidate]) -> AmountChoice:
    chosen = [ChosenAmount(one.column, label=one.column.label.strip()) for one in parts]
    return AmountChoice(Layout.WIDE_DEPARTMENTS, chosen, _totals(candidates))


def _is_plain(one: Candidate) -> bool:
    """Named, but by no word of amounts or weeks: the costs of ``Office costs`` are a part of what they are for."""
    label, tags = one.column.label, one.column.evidence.tags
    named = bool(label.strip()) and "code" not in tags and not counts_weeks(label)
    return named and not _is_total(one) and not _is_strong(one)


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


def _is_strong(one: Candidate) -> bool:
    return one.column.evidence.strength(TargetField.BUDGETED_AMOUNT) >= _STRONG


def _long(candidates: Sequence[Candidate]) -> AmountChoice:
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
        if any(one.period is not None or "prior" in one.evidence.tags for one in timed):
            continue
        if len(parts) >= (1 if whole is likely[0] else _SEVERAL) and parts.issubset(whole.sums):
            return whole
    return None


def _head_start(best: Candidate, other: Candidate) -> float:
    """``Plan jewellery 2026`` beside a plain ``Budget``: the year alone puts it ahead of what says budget as well."""
    both = _says_budget(best) and _says_budget(other)
    return _YEAR_TELLS if both and best.column.period is not None and other.column.period is None else 0.0


def _says_budget(one: Candidate) -> bool:
    return "budget" in one.column.evidence.tags


def _costs(candidates: Sequence[Candidate], revenue: Sequence[Candidate]) -> list[Candidate]:
    """What is budgeted beside revenue, each kind by its name; EBITDA is the result of all, ``Budget`` their sum."""
    costs = [
        one
        for one in candidates
        if _says_budget(one) and one not in revenue and "derived" not in one.column.evidence.tags and not _is_total(one)
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
    if revenue and kinds and all(map(_says_budget, [*revenue, *expense])):
        return [*_kinds_of_cost(kinds), _income(max(revenue, key=lambda one: one.score))]
    if not expense and len(others) == 1 and all(map(_says_budget, [*revenue, *others])):
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
    whole = any(_says_budget(one) for one in candidates if one not in others)
    if len(others) >= _SEVERAL and (not whole or any(map(_says_budget, others))):
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
