"""Pictures of the dashboard as measures: numbers become bars with their places. Pure; the templates draw them as SVG.

All measures are in units of the picture's view box, which is as wide as its bars need and ``HEIGHT`` high.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from budget_sync.approval.overview import PeriodFigures
from budget_sync.approval.statistics import ImportCount
from budget_sync.domain.fields import ImportState

HEIGHT = 120
_STEP, _BAR, _GAP = 30, 20, 5  # from period to period, a bar, what is before it
_DAY_STEP, _DAY_BAR, _DAY_GAP = 10, 7, 1  # the same for days, of which there are more
_ATTENTION = frozenset({ImportState.NEEDS_REVIEW, ImportState.COMPLETED_WITH_ERRORS, ImportState.PROCESSING})
_BAD = frozenset({ImportState.FAILED, ImportState.REJECTED})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar; ``tone`` is its colour: good, warn, bad, accent or ground."""

    y: int
    height: int
    tone: str


@dataclass(frozen=True, slots=True)
class Column:
    """One bar, its parts from the bottom up. ``label`` stands below it."""

    x: int
    label: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Chart:
    """A row of bars."""

    width: int
    bar_width: int
    columns: list[Column]


def period_chart(periods: Sequence[PeriodFigures]) -> Chart:
    """What is budgeted in each period, and what is used of it in front."""
    highest = max((_tallest(each) for each in periods), default=Decimal(0))
    columns = []
    for position, each in enumerate(periods):
        figures = each.figures
        used = figures.committed + figures.reserved
        budgeted_height, used_height = _height(figures.budgeted, highest), _height(used, highest)
        tone = "bad" if used > figures.budgeted else "accent"
        parts = [
            Part(HEIGHT - budgeted_height, budgeted_height, "ground"),
            Part(HEIGHT - used_height, used_height, tone),
        ]
        columns.append(Column(position * _STEP + _GAP, short_period(each.fiscal_period), parts))
    return Chart(_STEP * len(columns), _BAR, columns)


def import_chart(imports: Iterable[ImportCount], last: date, days: int) -> Chart:
    """A bar a day up to ``last``: what went well at the bottom, what needs a person, what failed."""
    counts: dict[date, list[int]] = {}
    for each in imports:
        tones = counts.setdefault(each.day, [0, 0, 0])
        tones[2 if each.state in _BAD else 1 if each.state in _ATTENTION else 0] += each.count
    highest = Decimal(max((sum(tones) for tones in counts.values()), default=0))
    columns = []
    for position in range(days):
        day = last - timedelta(days=days - 1 - position)
        columns.append(
            Column(position * _DAY_STEP + _DAY_GAP, str(day.day), _stack(counts.get(day, [0, 0, 0]), highest))
        )
    return Chart(_DAY_STEP * days, _DAY_BAR, columns)


def short_period(code: str) -> str:
    """What tells the periods of one year apart: ``Q3``, ``H1``, ``03``; the year itself whole."""
    return code.rpartition("-")[2]


def _stack(counts: list[int], highest: Decimal) -> list[Part]:
    parts = []
    top = HEIGHT
    for count, tone in zip(counts, ("good", "warn", "bad"), strict=True):
        height = _height(Decimal(count), highest)
        top -= height
        if height:
            parts.append(Part(top, height, tone))
    return parts


def _tallest(period: PeriodFigures) -> Decimal:
    return max(period.figures.budgeted, period.figures.committed + period.figures.reserved)


def _height(amount: Decimal, highest: Decimal) -> int:
    """At least one unit for anything above zero, so that it is seen."""
    return max(1, int(amount / highest * HEIGHT)) if amount > 0 else 0
