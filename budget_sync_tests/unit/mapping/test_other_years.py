"""Columns beside the budget that are for the years before it."""

import pytest

from budget_sync.domain.fields import FileType, TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

AMOUNT = TargetField.BUDGETED_AMOUNT


@pytest.mark.parametrize("estimate", ["Estimated FY 2025", "FY2025 Estimate", "Estimated 2025"])
def test_an_estimate_between_the_actuals_and_the_proposed_year_is_no_budget(estimate: str) -> None:
    analysis = analysed(f"""
        Service     | Purpose   | Actual FY 2023 | Actual FY 2024 | {estimate} | Proposed FY 2026
        Parks       | Mowing    | 41200          | 42950          | 44010      | 45600
        Parks       | Benches   | 3150           |                | 2800       | 3300
        Libraries   | Books     | 61400          | 63275          | 64100      | 66000
        Libraries   | Staff     | 210300         | 215760         | 219400     | 226100
    """)
    assert columns(analysis, AMOUNT) == ["Proposed FY 2026"]
    assert analysis.sum_budgeted == 45600 + 3300 + 66000 + 226100


def test_the_estimates_of_a_budget_are_the_budget() -> None:
    analysis = analysed("""
        Ministry  | Actuals 2022-23 | Budget Estimates 2023-24 | Budget Estimates 2024-25
        Health    | 4120.5          | 4300                     | 4550
        Education | 6140.25         | 6400                     | 6610
    """)
    assert columns(analysis, AMOUNT) == ["Budget Estimates 2023-24", "Budget Estimates 2024-25"]


def test_one_proposed_year_behind_years_of_actuals_is_a_budget() -> None:
    analysis = analysed(
        """
        Area    | Category | Actual FY 2020 | Actual FY 2021 | Actual FY 2022 | Actual FY 2023 | Proposed FY 2025
        Police  | Patrol   | 1720114        | 1898574        | 1935190        | 2165935        | 2262452
        Police  | Dispatch | 653220         | 661340         | 701225         | 729400         | 748100
        Fire    | Stations | 1654822        | 1649598        | 1755175        | 1787291        | 1861234
        Fire    | Training | 50310          | 48150          | 52275          | 61400          | 63100
        """,
        "OperatingExpense.csv",
    )
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET
    assert columns(analysis, AMOUNT) == ["Proposed FY 2025"]


def test_what_was_spent_before_the_years_that_are_budgeted_is_no_budget() -> None:
    analysis = analysed("""
        Department | 2023 Expenditures | 2024 Budget | 2025 Budget
        Police     | 91000             | 95000       | 97500
        Library    | 21000             | 22400       | 23100
        Parks      | 15500             | 15900       | 16400
    """)
    assert columns(analysis, AMOUNT) == ["2024 Budget", "2025 Budget"]


def test_estimates_to_date_are_a_budget_and_not_what_was_spent() -> None:
    analysis = analysed("""
        Organization | 2023-24 Main Estimates | 2023-24 Estimates To Date | 2024-25 Main Estimates
        Archives     | 410000                 | 425000                    | 420000
        Fisheries    | 910000                 | 910000                    | 990000
        Parks        | 155000                 | 161000                    | 164000
    """)
    assert [one.period for one in analysis.columns_of(AMOUNT)] == ["FY2024", "FY2025"]
