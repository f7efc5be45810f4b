"""What a year's budget is made of in steps, beside the whole budget of the year before."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

_ROWS = """
    Rent   | 4120 | 4400 | 4300 | 150 | 4450
    Power  | 950  | 1010 | 980  | 45  | 1025
    Travel | 312  | 290  | 300  | 60  | 360
    Wages  | 8230 | 8100 | 8500 | 310 | 8810
    """


@pytest.mark.parametrize(
    ("headers", "budgets"),
    [
        (
            "2024 Budget | 2024 Forecast | 2025 Base | 2025 Enhancements | 2025 Budget",
            ["2024 Budget", "2025 Budget"],
        ),
        ("2024 Budget | 2024 Forecast | 2025 Existing | 2025 New | 2025 Total", ["2024 Budget", "2025 Total"]),
    ],
)
def test_the_sum_of_a_years_steps_is_its_budget(headers: str, budgets: list[str]) -> None:
    analysis = analysed(f"Account | {headers}{_ROWS}", "budget.csv")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == budgets


def test_parts_of_both_years_stay() -> None:
    analysis = analysed(
        """
        Account | 2024 Police | 2024 Fire | 2024 Total | 2025 Police | 2025 Fire | 2025 Total
        Rent    | 4120        | 290       | 4410       | 4300        | 310       | 4610
        Power   | 950         | 101       | 1051       | 980         | 95        | 1075
        Travel  | 312         | 60        | 372        | 300         | 71        | 371
        """,
        "budget.csv",
    )
    assert len(columns(analysis, TargetField.BUDGETED_AMOUNT)) == 4
