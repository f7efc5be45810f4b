"""A corner that says thousands is a word of the header, and no amount."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.reading.structure.cells import NUMBER, TEXT, mark_of
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize("text", ["$000", "(£000)", "€ 000", "$000,000"])
def test_noughts_behind_a_sign_are_no_amount(text: str) -> None:
    assert mark_of(text) == TEXT


@pytest.mark.parametrize("text", ["$0", "$0.000", "$1,000", "000", "0,000"])
def test_other_noughts_are(text: str) -> None:
    assert mark_of(text) == NUMBER


def test_quarters_beside_the_corner_head_their_columns() -> None:
    analysis = analysed(
        """
        Orion Ltd - 2025 plan |        |        |        |        |        |
        $000                  | Q1     |        | Q2     |        | FY     |
                              | Budget | Actual | Budget | Actual | Budget | Actual
        Hardware              | 410    | 388    | 395    | 401    | 805    | 789
        Rent                  | 95     | 95     | 97     | 97     | 192    | 192
        Wages                 | 212    | 220    | 230    | 219    | 442    | 439
        """
    )
    budgets = analysis.columns_of(TargetField.BUDGETED_AMOUNT)
    assert [mapping.period for mapping in budgets] == ["FY2025-Q1", "FY2025-Q2"]
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Budget", "Budget"]
