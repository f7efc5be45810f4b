"""The columns of numbers among which the budgets are chosen.

In: a column, its score as an amount and the columns that it sums. Out: ``Candidate``, and its period.
"""

from dataclasses import dataclass

from budget_sync.domain.fields import TargetField
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.columns import Column

LEAST_SCORE = 0.4  # below it a column is a budget only where nothing better is there


_OF_YEARS = frozenset({"fy", "cy", "fiscal", "year", "the", "of", "for"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column of numbers that could be a budget, with its score as one and the columns that it sums.

    ``adds``: to another, which it does not replace.
    """

    column: Column
    score: float
    sums: tuple[int, ...] = ()
    adds: bool = False


def kind_of(column: Column) -> PeriodKind | None:
    """The kind of period that its header names."""
    return column.period.kind if column.period is not None else None


def year_of(one: Candidate) -> int:
    """The year that its header names; 0 for none."""
    period = one.column.period
    return period.year if period is not None and period.year is not None else 0


def when_of(one: Candidate) -> str:
    """The period of a column, spelt so that equal ones are equal."""
    period = one.column.period
    return f"{period.year} {period.number} {period.first_month}" if period is not None else ""


def counts_unknown(one: Candidate) -> bool:
    """``FY25 Vehicles``: beside its year a word that nobody knows, and none of amounts; a bare ``FY25`` is no such."""
    evidence = one.column.evidence
    known = evidence.tags or evidence.version is not None or evidence.strength(TargetField.BUDGETED_AMOUNT)
    words = {word for word in words_of(one.column.label) if not any(map(str.isdigit, word))}
    return not known and kind_of(one.column) is PeriodKind.YEAR and not words <= _OF_YEARS
