"""What the budgets of a fiscal year add up to, and what is used of them: by department, by sub-category, by period.

In: the rows that ``statistics`` reads, summed by line type, place and period. Out: ``YearOverview``. Pure.

A year and its months are never added: of the lines of one department and sub-category those of the coarsest period
count, as in a check of the whole year; how many lines were set aside for that is said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from budget_sync.domain.fields import LineType
from budget_sync.domain.periods import FiscalPeriod

_CENT = Decimal("0.01")


class YearFigures(msgspec.Struct, frozen=True, rename="camel"):
    """Sums over ``lines`` lines in one currency; the percentage is None where nothing is budgeted."""

    budgeted: Decimal
    committed: Decimal
    reserved: Decimal
    actual_spent: Decimal
    available: Decimal
    utilization_percent: Decimal | None
    lines: int
    over_committed_lines: int


class NamedFigures(msgspec.Struct, frozen=True, rename="camel"):
    """The figures of a department, or of a sub-category (empty: the department's general line).

    ``utilization_limit_percent``: at how much of the budget a purchase needs a person.
    """

    name: str
    figures: YearFigures
    utilization_limit_percent: Decimal


class PeriodFigures(msgspec.Struct, frozen=True, rename="camel"):
    """The figures of a period within the year."""

    fiscal_period: str
    figures: YearFigures


class YearOverview(msgspec.Struct, frozen=True, rename="camel"):
    """A fiscal year in one currency. Departments and periods are those of expense lines.

    ``set_aside_lines``: lines of finer periods than others of the same place; their amounts are in none of the sums.
    """

    fiscal_year: str
    currency: str
    expense: YearFigures
    revenue: YearFigures
    departments: list[NamedFigures]
    periods: list[PeriodFigures]
    set_aside_lines: int


@dataclass(frozen=True, slots=True)
class SummedLines:
    """Lines of one type, department or sub-category, and period, summed. ``counts`` false: set aside, see above."""

    line_type: LineType
    key: str
    name: str
    fiscal_period: str
    counts: bool
    lines: int
    over_committed_lines: int
    budgeted: Decimal
    committed: Decimal
    reserved: Decimal
    actual_spent: Decimal


@dataclass(slots=True)
class Limits:
    """Utilisation limits by folded name, ``''`` for all that have none of their own."""

    by_key: dict[str, Decimal] = field(default_factory=dict)
    otherwise: Decimal = Decimal(90)

    def of(self, key: str) -> Decimal:
        """The limit that holds for a name."""
        return self.by_key.get(key, self.by_key.get("", self.otherwise))


def overview_of(year: int, currency: str, rows: Sequence[SummedLines], limits: Limits) -> YearOverview:
    """The year from its summed lines; what is used most stands first."""
    counted = [row for row in rows if row.counts]
    expense = [row for row in counted if row.line_type is LineType.EXPENSE]
    return YearOverview(
        fiscal_year=str(FiscalPeriod(year)),
        currency=currency,
        expense=_figures(expense),
        revenue=_figures(row for row in counted if row.line_type is LineType.REVENUE),
        departments=sorted(_named(expense, limits), key=_most_used_first),
        periods=[PeriodFigures(code, figures) for code, figures in _by(expense, lambda row: row.fiscal_period)],
        set_aside_lines=sum(row.lines for row in rows if not row.counts),
    )


def _named(rows: Sequence[SummedLines], limits: Limits) -> list[NamedFigures]:
    names = {row.key: row.name for row in rows}
    return [NamedFigures(names[key], figures, limits.of(key)) for key, figures in _by(rows, lambda row: row.key)]


def _most_used_first(named: NamedFigures) -> tuple[bool, Decimal, str]:
    """What has something used without a budget comes before all."""
    percent = named.figures.utilization_percent
    used = named.figures.committed + named.figures.reserved
    nowhere = percent is None and used > 0
    return not nowhere, -(percent if percent is not None else Decimal(0)), named.name


def _by(rows: Iterable[SummedLines], key: Callable[[SummedLines], str]) -> list[tuple[str, YearFigures]]:
    groups: dict[str, list[SummedLines]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [(name, _figures(group)) for name, group in sorted(groups.items())]


def _figures(rows: Iterable[SummedLines]) -> YearFigures:
    summed = list(rows)
    budgeted = sum((row.budgeted for row in summed), Decimal(0))
    committed = sum((row.committed for row in summed), Decimal(0))
    reserved = sum((row.reserved for row in summed), Decimal(0))
    used = committed + reserved
    return YearFigures(
        budgeted=budgeted,
        committed=committed,
        reserved=reserved,
        actual_spent=sum((row.actual_spent for row in summed), Decimal(0)),
        available=budgeted - used,
        utilization_percent=(used / budgeted * 100).quantize(_CENT, ROUND_HALF_EVEN) if budgeted > 0 else None,
        lines=sum(row.lines for row in summed),
        over_committed_lines=sum(row.over_committed_lines for row in summed),
    )
