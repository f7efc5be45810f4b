"""In which order the tables of a dashboard stand: what wants to be looked at first, else as the URL says."""

from datetime import date
from decimal import Decimal

from api.pages.dashboard.orders import (
    Order,
    Sorting,
    Table,
    imports_in_order,
    in_order,
    periods_in_order,
    sortings,
    tone_of,
)
from budget_sync.approval.overview import NamedFigures, PeriodFigures, YearFigures
from budget_sync.approval.statistics import ImportCount
from budget_sync.domain.fields import ImportState

_ZERO = Decimal(0)


def figures(budgeted: int, used: int, over_committed_lines: int = 0) -> YearFigures:
    """Of one line, with one figure of each."""
    share = Decimal(100 * used) / budgeted
    left = Decimal(budgeted - used)
    return YearFigures(Decimal(budgeted), Decimal(used), _ZERO, _ZERO, left, share, 1, over_committed_lines)


def named(name: str, used: int, over_committed_lines: int = 0, limit: int = 90) -> NamedFigures:
    """A department with a budget of 100."""
    return NamedFigures(name, figures(100, used, over_committed_lines), Decimal(limit))


def test_by_use_what_is_over_comes_first_then_what_is_near_its_limit_then_the_most_used() -> None:
    rows = [named("Over", 120), named("Busy", 80), named("Near", 55, limit=50), named("Line over", 20, 1)]
    assert [each.name for each in in_order(rows, Sorting(Order.USE))] == ["Over", "Line over", "Near", "Busy"]


def test_a_reduction_on_which_nothing_is_used_wants_no_look() -> None:
    assert tone_of(named("With a negative line", 0, over_committed_lines=1)) == "accent"
    assert tone_of(named("Used above one of its lines", 1, over_committed_lines=1)) == "bad"


def test_a_name_rises_by_itself_and_an_amount_falls() -> None:
    rows = [named("b", 10), named("A", 30), named("c", 20)]
    for sorting, names, is_rising in (
        (Sorting(Order.NAME), "Abc", True),
        (Sorting(Order.NAME, turned=True), "cbA", False),
        (Sorting(Order.COMMITTED), "Acb", False),
        (Sorting(Order.AVAILABLE), "Acb", True),
    ):
        assert "".join(each.name for each in in_order(rows, sorting)) == names
        assert sorting.is_rising == is_rising


def test_periods_stand_as_in_the_year_until_another_column_is_asked_for() -> None:
    rows = [PeriodFigures("FY2026-Q1", figures(100, 10)), PeriodFigures("FY2026-Q2", figures(300, 20))]
    for order, first in ((Order.PERIOD, "Q1"), (Order.BUDGETED, "Q2"), (Order.USE, "Q1"), (Order.AVAILABLE, "Q1")):
        assert periods_in_order(rows, Sorting(order))[0].fiscal_period == f"FY2026-{first}"
        assert periods_in_order(rows, Sorting(order, turned=True))[1].fiscal_period == f"FY2026-{first}"


def test_the_latest_imports_stand_first_until_another_column_is_asked_for() -> None:
    rows = [
        ImportCount(date(2026, 3, 1), ImportState.FAILED, 5),
        ImportCount(date(2026, 3, 2), ImportState.COMPLETED, 2),
        ImportCount(date(2026, 3, 2), ImportState.REJECTED, 9),
    ]
    for order, counts in ((Order.DAY, [2, 9, 5]), (Order.STATE, [2, 5, 9]), (Order.IMPORTS, [9, 5, 2])):
        assert [each.count for each in imports_in_order(rows, Sorting(order))] == counts


def test_one_table_is_put_in_order_and_the_others_stand_as_at_first() -> None:
    found = sortings(Table.PERIODS, Order.AVAILABLE, turned=True)
    assert found[Table.PERIODS] == Sorting(Order.AVAILABLE, turned=True)
    assert found[Table.DEPARTMENTS] == Sorting(Order.USE)
    assert sortings(Table.IMPORTS, None, turned=False)[Table.IMPORTS] == Sorting(Order.DAY)
