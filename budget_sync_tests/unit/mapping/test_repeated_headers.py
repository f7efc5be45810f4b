"""Columns that hold nothing but their header."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.repeated_headers import repeated_headers
from budget_sync_tests.unit.mapping.tables import analysed


def test_a_column_that_repeats_the_year_of_its_header_is_no_amount() -> None:
    analysis = analysed("""
        2024 | 2025 | Department | Category  | Budget 2024 | Budget 2025
        2024 | 2025 | Council    | Allowance | 6000        | 9000
        2024 | 2025 | Council    | Wages     | 4500        | 4700
        2024 | 2025 | Offices    | Paper     | 2570        | 1800
        2024 | 2025 | Offices    | Postage   | 730         | 910
    """)
    taken = {one.source_column: one.target_field for one in analysis.mappings if one.target_field}
    assert taken == {
        "Department": TargetField.DEPARTMENT,
        "Category": TargetField.SUB_CATEGORY,
        "Budget 2024": TargetField.BUDGETED_AMOUNT,
        "Budget 2025": TargetField.BUDGETED_AMOUNT,
    }


@pytest.mark.parametrize(
    ("label", "texts", "expected"),
    [
        ("2025", ["2025", "", " 2025", "2025"], True),
        ("2025", ["2025", "2025", "2026"], False),
        ("2025", ["2025", "2025"], False),
        ("2025", ["", "", ""], False),
        ("Euro", ["Euro", "Euro", "Euro"], False),
    ],
)
def test_every_filled_cell_says_what_the_header_says(label: str, texts: list[str], expected: bool) -> None:
    assert repeated_headers([label], [texts]) == (frozenset({0}) if expected else frozenset())
