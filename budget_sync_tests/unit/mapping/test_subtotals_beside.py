"""A column that adds up the sections of another is not the budget; a statement in two columns is left as it is."""

from decimal import Decimal

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_a_column_of_subtotals_beside_the_amounts_is_left_out() -> None:
    analysis = analysed("""
        Item            | Qty | Price | Amount | Budget
        1. Staff        |     |       |        |
        Engineer        | 3   | 4100  | 12300  |
        Tester          | 2   | 2600  | 5200   |
        Total staff     |     |       |        | 17500
        2. Equipment    |     |       |        |
        Router          | 4   | 310   | 1240   |
        Licence         | 1   | free  | free   |
        Cable           | 20  | 12.50 | 250    |
        Total equipment |     |       |        | 1490
        GRAND TOTAL     |     |       |        | 18990
        Contingency     |     |       |        | 1899
        Total in dollars |    |       |        | 22977.90
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Amount"]
    assert analysis.sum_budgeted == Decimal(18990)


def test_so_is_one_that_stands_on_the_first_row_of_each_section() -> None:
    analysis = analysed("""
        Item      | Amount | Budget total
        Staff     |        | 17500
        Engineer  | 12300  |
        Tester    | 5200   |
        Equipment |        | 1490
        Router    | 1240   |
        Cable     | 250    |
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Amount"]


def test_a_column_that_holds_lines_among_its_sums_is_no_such() -> None:
    analysis = analysed("""
        Item        | Detail | Budget
        Engineer    | 12300  |
        Tester      | 5200   |
        Total staff |        | 17500
        Rent        |        | 9000
        Router      | 1240   |
        Cable       | 250    |
        Equipment   |        | 1490
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Budget"]


@pytest.mark.parametrize(
    ("earned", "spent"),
    [
        ("Revenue 2026", "Expense 2026"),
        ("Einnahmen 2026", "Ausgaben 2026"),
        ("Recettes 2026", "Dépenses 2026"),
        ("Credit 2026", "Debit 2026"),
        ("Funding 2026", "Expense 2026"),
    ],
)
def test_what_programs_that_balance_earn_is_no_subtotal_of_what_they_spend(earned: str, spent: str) -> None:
    analysis = analysed(f"""
        Program | Account  | {earned} | {spent}
        Water   | Fees     | 500250   |
        Water   | Salaries |          | 300100
        Water   | Supplies |          | 200150
        Sewer   | Fees     | 410400   |
        Sewer   | Salaries |          | 250300
        Sewer   | Supplies |          | 160100
    """)
    assert earned in columns(analysis, TargetField.BUDGETED_AMOUNT)
