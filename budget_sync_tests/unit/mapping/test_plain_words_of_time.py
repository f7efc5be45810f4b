"""Budgets of which only a word tells the year, and cases of what may come."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

_ROWS = """
    Rent   | 4120 | 4455 | 4300
    Power  | 950  | 1010 | 1180
    Travel | 312  | 290  | 360
    Wages  | 8230 | 8105 | 8520
    """


@pytest.mark.parametrize(
    ("headers", "chosen"),
    [
        ("Prior Year Budget | Prior Year Actual | Next Year Budget", "Next Year Budget"),
        ("Last Year Budget | This Year Budget | Notes", "This Year Budget"),
        ("Best Case | Base Case | Worst Case", "Base Case"),
        ("Optimistic | Pessimistic | Budget", "Budget"),
    ],
)
def test_neither_last_years_budget_nor_a_case_is_taken(headers: str, chosen: str) -> None:
    analysis = analysed(f"Account | {headers}{_ROWS}", "budget.csv")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [chosen]


def test_last_years_budget_alone_is_the_budget() -> None:
    analysis = analysed(f"Account | Prior Year Budget | Actual | Variance{_ROWS}", "budget.csv")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Prior Year Budget"]


def test_a_current_budget_beside_a_proposed_one_may_be_last_years() -> None:
    analysis = analysed(f"Account | Current Budget | Proposed Budget | Change{_ROWS}", "budget.csv")
    assert "which_amount" in [question.code for question in analysis.questions]
    revised = analysed(f"Account | Adopted Budget | Proposed Budget | Current Budget{_ROWS}", "budget.csv")
    assert "which_amount" not in [question.code for question in revised.questions]
