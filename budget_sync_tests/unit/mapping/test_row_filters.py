"""Rows that are no lines in force, told by a column: sums among lines, older numbered versions."""

from decimal import Decimal

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_rows_said_to_be_summaries_are_no_lines_beside_details() -> None:
    analysis = analysed("""
        Year | District | Account | Row type | Amount
        2025 | North    | 1000    | SUMMARY  | 600
        2025 | North    | 1100    | DETAIL   | 100
        2025 | North    | 1200    | DETAIL   | 500
        2025 | South    | 1000    | SUMMARY  | 40
        2025 | South    | 1100    | DETAIL   | 40
    """)
    assert analysis.sum_budgeted == Decimal(640)
    assert analysis.budget_rows == 3


def test_a_column_of_other_words_beside_summary_filters_nothing() -> None:
    analysis = analysed("""
        Department | Category | Amount
        Sales      | Summary  | 600
        Sales      | Travel   | 100
        IT         | Detail   | 500
    """)
    assert analysis.budget_rows == 3


def test_of_numbered_versions_in_rows_the_highest_is_in_force() -> None:
    analysis = analysed("""
        Department | Account  | Version | Year | Budget
        Sales      | Travel   | V1      | 2025 | 100
        Sales      | Software | V1      | 2025 | 200
        Sales      | Travel   | V2      | 2025 | 110
        Sales      | Software | V2      | 2025 | 190
        Sales      | Travel   | V10     | 2025 | 120
        Sales      | Software | V10     | 2025 | 180
    """)
    assert analysis.sum_budgeted == Decimal(300)
    assert analysis.budget_rows == 2


def test_numbered_names_whose_rows_have_no_later_version_are_kept() -> None:
    analysis = analysed("""
        Department | Product  | Release | Year | Budget
        Sales      | Alpha    | V1      | 2025 | 100
        Sales      | Beta     | V2      | 2025 | 200
        Sales      | Gamma    | V3      | 2025 | 300
    """)
    assert analysis.budget_rows == 3


def test_what_was_spent_of_a_budget_is_no_budget() -> None:
    analysis = analysed("""
        Department | Allocated Budget | Spent Budget | Year
        Sales      | 1000             | 900          | 2025
        IT         | 2000             | 2100         | 2025
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Allocated Budget"]
    assert analysis.layout == "long"
