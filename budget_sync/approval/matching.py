"""The lines of a department become the line, or lines, that answer a question: the rules of "Matching a check".

In: the department's expense lines, what is asked, rates where the customer keeps them. Out: ``Match``. Pure.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import msgspec

from budget_sync.approval.policy import Rates
from budget_sync.approval.request import name_key
from budget_sync.domain.periods import FIRST_YEAR, LAST_YEAR, MONTHS_IN_YEAR, FiscalPeriod, PeriodKind


class MatchedLevel(StrEnum):
    """How far from the question the answering line stands, so that nobody drains a department unknowingly."""

    SUB_CATEGORY = "sub_category"
    DEPARTMENT = "department"
    DEPARTMENT_TOTAL = "department_total"


class MatchProblem(StrEnum):
    """Why no line answers; the values are reason codes of the answer."""

    NO_BUDGET = "no_budget"
    BUDGET_CLOSED = "budget_closed"
    CURRENCY_MISMATCH = "currency_mismatch"


class BudgetLine(msgspec.Struct, frozen=True):
    """One expense line as the check sees it; amounts in its own currency. ``sub_category`` '' for none."""

    id: str
    department: str
    sub_category: str
    fiscal_period: FiscalPeriod
    currency: str
    budgeted: Decimal
    committed: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    actual_spent: Decimal = Decimal(0)
    is_open: bool = True

    @property
    def available(self) -> Decimal:
        """What a new request may still take: budgeted less committed less reserved."""
        return self.budgeted - self.committed - self.reserved


class Match(msgspec.Struct, frozen=True):
    """The lines that answer together, or the problem. ``other_currencies`` are those of a currency mismatch.

    ``considered``: the lines of the level that were looked at, those that answer among them; closed ones where no other
    fits.
    """

    lines: tuple[BudgetLine, ...] = ()
    considered: tuple[BudgetLine, ...] = ()
    level: MatchedLevel | None = None
    problem: MatchProblem | None = None
    other_currencies: tuple[str, ...] = ()

    @property
    def only_line(self) -> BudgetLine | None:
        """The line that answers alone, for itself and not for its department."""
        alone = len(self.lines) == 1 and self.level is not MatchedLevel.DEPARTMENT_TOTAL
        return self.lines[0] if alone else None


def match_lines(
    lines: Iterable[BudgetLine],
    *,
    sub_category: str | None,
    period: FiscalPeriod,
    rates: Rates,
    fiscal_year_start: int = 1,
) -> Match:
    """The lines that answer, of the live expense lines of one department.

    ``rates`` names the currency asked in, and what others are worth in it; one without a rate is not converted.
    Where nothing open fits but a closed line would, the problem is ``budget_closed``.
    """
    fitting = [line for line in lines if period_fits(line.fiscal_period, period, fiscal_year_start)]
    level, candidates = _nearest_level([line for line in fitting if line.is_open], sub_category)
    if level is None:
        closed = _nearest_level(fitting, sub_category)[1]
        problem = MatchProblem.BUDGET_CLOSED if closed else MatchProblem.NO_BUDGET
        return Match(problem=problem, considered=tuple(closed))
    usable = [line for line in candidates if line.currency == rates.to_currency]
    if not usable:
        usable = [line for line in candidates if line.currency in rates]
    if not usable:
        others = tuple(sorted({line.currency for line in candidates}))
        mismatch = MatchProblem.CURRENCY_MISMATCH
        return Match(level=level, problem=mismatch, other_currencies=others, considered=tuple(candidates))
    nearest = _nearest_periods(usable, period, fiscal_year_start)
    return Match(lines=tuple(nearest), level=level, considered=tuple(candidates))


@lru_cache(maxsize=4096)
def period_fits(of_line: FiscalPeriod, asked: FiscalPeriod, fiscal_year_start: int = 1) -> bool:
    """Whether a line of one period can answer for another: it contains it or lies within it."""
    return of_line.contains(asked, fiscal_year_start) or asked.contains(of_line, fiscal_year_start)


def fitting_codes(asked: FiscalPeriod, fiscal_year_start: int = 1) -> tuple[str, ...]:
    """The stored codes of every period that can answer for this one: 1 to 19 of them, what an index looks up."""
    years = range(max(asked.year - 1, FIRST_YEAR), min(asked.year + 1, LAST_YEAR) + 1)
    every = (
        FiscalPeriod(year, kind, number)
        for year in years
        for kind in PeriodKind
        for number in range(1, MONTHS_IN_YEAR // kind + 1)
    )
    return tuple(str(period) for period in every if period_fits(period, asked, fiscal_year_start))


def _nearest_level(
    lines: Sequence[BudgetLine], sub_category: str | None
) -> tuple[MatchedLevel | None, list[BudgetLine]]:
    """The sub-category's lines before the general line before, where none is named, the whole department."""
    if sub_category:
        key = name_key(sub_category)
        exact = [line for line in lines if name_key(line.sub_category) == key]
        if exact:
            return MatchedLevel.SUB_CATEGORY, exact
    general = [line for line in lines if not line.sub_category]
    if general:
        return MatchedLevel.DEPARTMENT, general
    if lines and not sub_category:
        return MatchedLevel.DEPARTMENT_TOTAL, list(lines)
    return None, []


def _nearest_periods(lines: Sequence[BudgetLine], asked: FiscalPeriod, fiscal_year_start: int) -> list[BudgetLine]:
    """Each budget once: of a sub-category in a currency the nearest period, so a year and its months never add up."""
    if len(lines) == 1:
        return list(lines)
    groups: dict[tuple[str, str], list[BudgetLine]] = {}
    for line in lines:
        groups.setdefault((name_key(line.sub_category), line.currency), []).append(line)
    return [line for group in groups.values() for line in _of_nearest_period(group, asked, fiscal_year_start)]


def _of_nearest_period(lines: list[BudgetLine], asked: FiscalPeriod, fiscal_year_start: int) -> list[BudgetLine]:
    """The same period; else the smallest that contains it; else those within it, of the coarsest kind there is."""
    containing = [line for line in lines if line.fiscal_period.contains(asked, fiscal_year_start)]
    if containing:
        smallest = min(line.fiscal_period.kind for line in containing)
        return [line for line in containing if line.fiscal_period.kind == smallest]
    coarsest = max(line.fiscal_period.kind for line in lines)
    within = [line for line in lines if line.fiscal_period.kind == coarsest]
    return sorted(within, key=lambda line: line.fiscal_period)
