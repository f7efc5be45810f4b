"""In which order a table of figures stands, as the URL says it. Pure."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum

from budget_sync.approval.overview import NamedFigures


class Order(StrEnum):
    """A column to sort by. Names go up, figures go down: the largest is what one looks for."""

    USE = "use"
    NAME = "name"
    BUDGETED = "budgeted"
    COMMITTED = "committed"
    RESERVED = "reserved"
    SPENT = "spent"
    AVAILABLE = "available"


_KEYS: dict[Order, Callable[[NamedFigures], Decimal]] = {
    Order.BUDGETED: lambda named: -named.figures.budgeted,
    Order.COMMITTED: lambda named: -named.figures.committed,
    Order.RESERVED: lambda named: -named.figures.reserved,
    Order.SPENT: lambda named: -named.figures.actual_spent,
    Order.AVAILABLE: lambda named: named.figures.available,
}


def in_order(rows: Sequence[NamedFigures], order: Order, *, turned: bool) -> list[NamedFigures]:
    """The rows by this column; ``turned``: the other way round."""
    if order is Order.USE:
        ordered = list(rows)  # as they come
    elif order is Order.NAME:
        ordered = sorted(rows, key=lambda named: named.name.casefold())
    else:
        ordered = sorted(rows, key=_KEYS[order])
    return ordered[::-1] if turned else ordered


def tone_of(named: NamedFigures) -> str:
    """How much a row wants to be looked at: bad above its budget, warn from its limit on."""
    figures = named.figures
    used = figures.committed + figures.reserved
    if used > figures.budgeted or figures.over_committed_lines:
        return "bad"
    percent = figures.utilization_percent
    return "warn" if percent is not None and percent >= named.utilization_limit_percent else "accent"
