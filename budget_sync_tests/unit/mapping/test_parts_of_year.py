"""Budgets for the month and the year so far beside the annual one; what goes over a budget is no budget."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

_AMOUNTS = "Rent | 410 | 395 | 1230 | 4920\nPower | 95 | 101 | 300 | 1210\nFood | 312 | 290 | 870 | 3480\n"


def _chosen(headers: str) -> list[str]:
    return columns(analysed(f"Account | {headers}\n{_AMOUNTS}", "budget 2025.csv"), TargetField.BUDGETED_AMOUNT)


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ("MTD Actual | MTD Budget | YTD Budget | Annual Budget", "Annual Budget"),
        ("YTD Actual | Current Month Budget | YTD Budget | Total Budget", "Total Budget"),
        ("Budget YTD | Actual YTD | Period Budget | Full Year Budget", "Full Year Budget"),
        ("YTD Actual | March Budget | YTD Budget | 2025 Budget", "2025 Budget"),
    ],
)
def test_the_budget_for_the_whole_year_is_taken(headers: str, whole: str) -> None:
    assert _chosen(headers) == [whole]


def test_without_an_annual_budget_one_for_a_part_of_the_year_is_taken() -> None:
    assert len(_chosen("MTD Actual | MTD Budget | YTD Actual | YTD Budget")) == 1


@pytest.mark.parametrize(
    "headers",
    [
        "Jan Budget | Feb Budget | Mar Budget | Annual Budget",
        "1st Quarter Budget | 2nd Quarter Budget | 3rd Quarter Budget | Annual Budget",
        "Month of Jan Budget | Month of Feb Budget | Month of Mar Budget | Total Budget",
    ],
)
def test_months_and_quarters_side_by_side_are_the_budget(headers: str) -> None:
    assert _chosen(headers) == headers.split(" | ")[:-1]


def test_what_goes_over_the_budget_is_a_difference() -> None:
    analysis = analysed(
        """
        Account | Jan - Dec 25 | Budget | $ Over Budget | % of Budget
        Rent    | 4920         | 4800   | 120           | 102.5%
        Power   | 1010         | 1100   | -90           | 91.8%
        Food    | 3480         | 3200   | 280           | 108.8%
        """,
        "budget vs actuals.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Budget"]
