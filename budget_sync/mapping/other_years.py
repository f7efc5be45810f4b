"""Columns of numbers for another year than the budget's: what was planned, expected or estimated before it.

In: the candidates and the year that the file is for. Out: the columns left out, each with the reason.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.amount_choice import says_budget
from budget_sync.mapping.candidates import LEAST_SCORE, Candidate, kind_of, year_of
from budget_sync.mapping.left_out import REASONS
from budget_sync.mapping.relative_years import relative_years

_HALF = 0.5
_FORECAST, LATER = "a forecast, not a budget", "of a later year"
_ESTIMATE = frozenset({"estimate", "estimates", "estimated"})
_OF_YEARS = frozenset({"fy", "cy", "fiscal", "year", "the", "of", "for"})


def of_other_years(candidates: Sequence[Candidate], known: Mapping[int, str], year: int | None) -> dict[int, str]:
    """``known``: the columns left out already; ``year``: the one that the file is for, where it says so."""
    found: dict[int, str] = {}

    def rest() -> list[Candidate]:
        return [one for one in candidates if one.column.index not in known and one.column.index not in found]

    found |= _beside_its_own(rest())
    found |= _budgets_before(rest())
    found |= _forecasts(rest())
    found |= _estimates_of_outcome(candidates, rest())
    found |= _of_earlier_years(rest(), year)
    found |= _of_years_past(candidates, rest())
    found |= _spent_before(rest())
    return found


def _beside_its_own(candidates: Sequence[Candidate]) -> dict[int, str]:
    """``N-1`` and ``N+1`` beside ``N``."""
    years = relative_years([one.column.name for one in candidates])
    return {candidates[place].column.index: REASONS["prior"] if by < 0 else LATER for place, by in years.items() if by}


def _budgets_before(candidates: Sequence[Candidate]) -> dict[int, str]:
    """``Prior year budget`` beside a budget of no earlier year; alone it is the budget that there is."""
    budgets = [one for one in candidates if says_budget(one)]
    before = [one for one in budgets if "prior" in one.column.evidence.tags]
    return {one.column.index: REASONS["prior"] for one in before} if len(before) < len(budgets) else {}


def _of_earlier_years(candidates: Sequence[Candidate], year: int | None) -> dict[int, str]:
    """``Budget 2024`` beside a plain ``Budget`` in a file for 2025: the plain one is the file's own."""
    own = [one for one in candidates if one.column.period is None and (_names_amount(one) or _names_version(one))]
    if year is None or not own:
        return {}
    earlier = (one for one in candidates if kind_of(one.column) is PeriodKind.YEAR and 0 < year_of(one) < year)
    return {one.column.index: REASONS["prior"] for one in earlier}


def _of_years_past(candidates: Sequence[Candidate], rest: Sequence[Candidate]) -> dict[int, str]:
    """``2025 Budget`` beside ``2025 Actual`` where ``2026 Proposed`` has no actual yet: what 2025 was compared with."""
    usable = [one for one in rest if kind_of(one.column) is PeriodKind.YEAR]
    past = {year_of(one) for one in candidates if _is_actual(one)} - {0}
    if not past or not any(year_of(one) > max(past) for one in usable):
        return {}
    return {one.column.index: REASONS["prior"] for one in usable if year_of(one) in past}


def _is_actual(one: Candidate) -> bool:
    """``Estimates to date`` are a budget's, with what was added to it."""
    tags = one.column.evidence.tags
    return "actual" in tags and not ("budget" in tags and _ESTIMATE.intersection(words_of(one.column.name)))


def _spent_before(candidates: Sequence[Candidate]) -> dict[int, str]:
    """``2023 Expenditures`` before ``2024 Budget`` and ``2025 Budget``: what was spent, for those alone are budgets."""
    years = [year_of(one) for one in candidates if "budget" in one.column.evidence.tags]
    return {
        one.column.index: REASONS["actual"]
        for one in candidates
        if 0 < year_of(one) < min(years, default=0) and _names_money_alone(one)
    }


def _names_money_alone(one: Candidate) -> bool:
    evidence = one.column.evidence
    return bool(evidence.tags & {"expense", "revenue"}) and "budget" not in evidence.tags and evidence.version is None


def _forecasts(candidates: Sequence[Candidate]) -> dict[int, str]:
    """``Forecast 2025`` beside ``Budget 2026``: what will have become of a year before the budget's, or of its own."""
    latest = max((year_of(one) for one in candidates if "budget" in one.column.evidence.tags), default=0)
    return {
        one.column.index: _FORECAST
        for one in candidates
        if "forecast" in one.column.evidence.tags
        and "budget" not in one.column.evidence.tags
        and 0 < year_of(one) <= latest
    }


def _estimates_of_outcome(candidates: Sequence[Candidate], rest: Sequence[Candidate]) -> dict[int, str]:
    """``Estimated FY24`` between ``Actual FY23`` and ``Proposed FY25``: what FY24 will have cost, as far as known."""
    actual = max((year_of(one) for one in candidates if "actual" in one.column.evidence.tags), default=0)
    planned = max((year_of(one) for one in rest if _plans(one)), default=0)
    return {one.column.index: _FORECAST for one in rest if 0 < actual < year_of(one) < planned and _only_estimates(one)}


def _plans(one: Candidate) -> bool:
    return "budget" in one.column.evidence.tags and not _only_estimates(one)


def _only_estimates(one: Candidate) -> bool:
    """``Estimated 2024``; ``Budget estimate`` and ``Revised estimate`` are budgets by another word."""
    words = {word for word in words_of(one.column.name) if not any(map(str.isdigit, word))}
    return _ESTIMATE & words != set() and words <= _ESTIMATE | _OF_YEARS and one.column.evidence.version is None


def _names_amount(one: Candidate) -> bool:
    return one.score >= LEAST_SCORE and one.column.evidence.strength(TargetField.BUDGETED_AMOUNT) >= _HALF


def _names_version(one: Candidate) -> bool:
    return one.column.evidence.version is not None
