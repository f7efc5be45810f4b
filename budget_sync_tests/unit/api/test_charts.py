"""Pictures of the dashboard as measures."""

from datetime import date
from decimal import Decimal

from api.pages.dashboard.charts import HEIGHT, import_chart, period_chart
from budget_sync.approval.overview import PeriodFigures, YearFigures
from budget_sync.approval.statistics import ImportCount
from budget_sync.domain.fields import ImportState


def period(code: str, budgeted: int, used: int) -> PeriodFigures:
    """A period with one figure of each."""
    zero = Decimal(0)
    figures = YearFigures(Decimal(budgeted), Decimal(used), zero, zero, Decimal(budgeted - used), None, 1, 0)
    return PeriodFigures(code, figures)


def test_the_tallest_bar_fills_the_picture_and_what_is_used_stands_in_front() -> None:
    chart = period_chart([period("FY2025-Q1", 200, 50), period("FY2025-Q2", 100, 150)])
    first, second = chart.columns
    assert [(part.height, part.tone) for part in first.parts] == [(HEIGHT, "ground"), (HEIGHT // 4, "accent")]
    assert [part.tone for part in second.parts] == ["ground", "bad"]
    assert (first.label, second.label) == ("Q1", "Q2")


def test_a_little_is_seen_and_nothing_is_not() -> None:
    chart = period_chart([period("2025-01", 1_000_000, 1), period("2025-02", 0, 0)])
    assert chart.columns[0].parts[1].height == 1
    assert [part.height for part in chart.columns[1].parts] == [0, 0]


def test_the_parts_of_a_day_stand_upon_each_other() -> None:
    day = date(2025, 3, 5)
    counts = [
        ImportCount(day, ImportState.COMPLETED, 2),
        ImportCount(day, ImportState.UNCHANGED, 1),
        ImportCount(day, ImportState.REJECTED, 1),
    ]
    chart = import_chart(counts, day, 30)
    assert len(chart.columns) == 30
    good, bad = chart.columns[-1].parts
    assert (good.tone, good.height, bad.tone, bad.y + bad.height) == ("good", HEIGHT * 3 // 4, "bad", good.y)
    assert chart.columns[0].parts == []
