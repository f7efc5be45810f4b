"""Which table of a dashboard stands in which order, as the URL says it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget_sync.approval.overview import NamedFigures, PeriodFigures, YearFigures
from budget_sync.approval.statistics import ImportCount


class Table(StrEnum):
    """A table of a dashboard: it can be put in order, and taken away as a file."""

    DEPARTMENTS = "departments"
    SUB_CATEGORIES = "sub-categories"
    PERIODS = "periods"
    IMPORTS = "imports"


class Order(StrEnum):
    """A column to sort by. What one looks for comes first: the most used, the largest, the least that is left."""

    USE = "use"
    NAME = "name"
    BUDGETED = "budgeted"
    COMMITTED = "committed"
    RESERVED = "reserved"
    SPENT = "spent"
    AVAILABLE = "available"
    PERIOD = "period"
    DAY = "day"
    STATE = "state"
    IMPORTS = "imports"


_RISING = frozenset({Order.NAME, Order.AVAILABLE, Order.PERIOD, Order.STATE})
_AT_FIRST = {
    Table.DEPARTMENTS: Order.USE,
    Table.SUB_CATEGORIES: Order.USE,
    Table.PERIODS: Order.PERIOD,
    Table.IMPORTS: Order.DAY,
}
_URGENCY = {"bad": 0, "warn": 1, "accent": 2}
_FIGURES: dict[Order, Callable[[YearFigures], Decimal]] = {
    Order.USE: lambda figures: -(figures.utilization_percent or Decimal(0)),
    Order.BUDGETED: lambda figures: -figures.budgeted,
    Order.COMMITTED: lambda figures: -figures.committed,
    Order.RESERVED: lambda figures: -figures.reserved,
    Order.SPENT: lambda figures: -figures.actual_spent,
    Order.AVAILABLE: lambda figures: figures.available,
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a table stands; ``turned``: the other way round than a column goes by itself."""

    order: Order
    turned: bool = False

    @property
    def is_rising(self) -> bool:
        """Whether the least stands first."""
        return (self.order in _RISING) != self.turned


def sortings(asked: Table, order: Order | None, *, turned: bool) -> dict[Table, Sorting]:
    """How each table stands where one of them is asked to stand otherwise than at first."""
    found = {table: Sorting(first) for table, first in _AT_FIRST.items()}
    return found | {asked: Sorting(order or _AT_FIRST[asked], turned)}


def in_order(rows: Sequence[NamedFigures], sorting: Sorting) -> list[NamedFigures]:
    """Departments or sub-categories. By use, those above their budget come first, then those near their limit."""
    if sorting.order is Order.NAME:
        ordered = sorted(rows, key=lambda named: named.name.casefold())
    elif sorting.order is not Order.USE and sorting.order in _FIGURES:
        ordered = sorted(rows, key=lambda named: _FIGURES[sorting.order](named.figures))
    else:  # among equals as they come, which is by use
        ordered = sorted(rows, key=lambda named: _URGENCY[tone_of(named)])
    return ordered[::-1] if sorting.turned else ordered


def periods_in_order(rows: Sequence[PeriodFigures], sorting: Sorting) -> list[PeriodFigures]:
    """Periods, which come in the order of the year."""
    ordered = list(rows)
    if sorting.order in _FIGURES:
        ordered.sort(key=lambda each: _FIGURES[sorting.order](each.figures))
    return ordered[::-1] if sorting.turned else ordered


def imports_in_order(rows: Sequence[ImportCount], sorting: Sorting) -> list[ImportCount]:
    """Counts of imports, the latest day first where nothing else is asked for."""
    ordered = sorted(rows, key=lambda each: each.day, reverse=True)
    if sorting.order is Order.STATE:
        ordered.sort(key=lambda each: each.state)
    elif sorting.order is Order.IMPORTS:
        ordered.sort(key=lambda each: -each.count)
    return ordered[::-1] if sorting.turned else ordered


def tone_of(named: NamedFigures) -> str:
    """How much a row wants to be looked at: bad above its budget, warn from its limit on.

    A line below zero is above its budget from the start; a row is not for that alone, where nothing is used of it.
    """
    figures = named.figures
    used = figures.committed + figures.reserved
    if used and (used > figures.budgeted or figures.over_committed_lines):
        return "bad"
    percent = figures.utilization_percent
    return "warn" if percent is not None and percent >= named.utilization_limit_percent else "accent"
