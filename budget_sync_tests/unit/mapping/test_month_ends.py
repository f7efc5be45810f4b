"""Months headed by their last day, and a row above the header that speaks of some columns alone."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.domain.month_ends import without_month_ends
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_the_last_day_of_a_month_is_no_year() -> None:
    analysis = analysed(
        """
        Line    | July 31 | Aug 31 | Sept 30 | Oct 31
        Payroll | 1210    | 1340   | 1190    | 1205
        Rent    | 400     | 400    | 400     | 410
        Power   | 95      | 90     | 112     | 131
        """,
        "cash budget 2025.csv",
    )
    assert [one.period for one in analysis.mappings if one.period] == ["2025-07", "2025-08", "2025-09", "2025-10"]


@pytest.mark.parametrize(
    "headers",
    [
        ["Jan 31", "Feb 31", "Mar 31"],
        ["Jul 25", "Aug 25", "Sep 25"],
        ["Nov 30", "Dec 31"],
        ["Jun 30", "Jul 30", "Aug 31"],
    ],
)
def test_other_figures_behind_months_stay(headers: list[str]) -> None:
    assert without_month_ends(headers) == headers


def test_actual_over_each_of_two_months_does_not_count_for_the_others() -> None:
    analysis = analysed(
        """
        Budget for 2025 | | Actual | Actual |        |        | |
                        | | Jul-24 | Aug-24 | Sep-24 | Oct-24 | | Total
        Grants          | | 830    | 760    | 208    | 145    | | 1943
        Fees            | | 218    | 89     | 139    | 140    | | 586
        Other           | | 60     | 34     | 45     | 46     | | 185
        """,
        "budget.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Sep-24", "Oct-24"]


def test_the_last_day_of_a_month_is_no_year_of_the_file() -> None:
    analysis = analysed(
        """
        Department | Jan 31 | Feb 28 | Mar 31 | Apr 30
        Sales      | 100    | 120    | 130    | 110
        IT         | 50     | 60     | 70     | 80
        """
    )
    assert [question.code for question in analysis.questions] == ["which_year"]
