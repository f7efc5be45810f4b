"""What is left unread beside or above the table that was read is said."""

from budget_sync_tests.unit.mapping.tables import analysed


def test_a_table_beside_the_one_that_was_read_is_named() -> None:
    analysis = analysed("""
        Income   | Amount | | Expenses | Amount
        Salary   | 4000   | | Rent     | 1200
        Interest | 12     | | Food     | 500
        Gifts    | 100    | | Fuel     | 200
                 |        | | Power    | 150
    """)
    assert analysis.notes == ["The table in columns A to B beside this one is not read."]


def test_rows_with_amounts_above_the_header_are_named() -> None:
    analysis = analysed("""
        Income   |
        Salary   | 4000 | 4000 | 4000
        Interest | 12   | 14   | 11
        Expenses | Jan  | Feb  | Mar
        Rent     | 1200 | 1200 | 1200
        Food     | 450  | 430  | 470
        Fuel     | 80   | 95   | 60
    """)
    assert "2 rows with amounts above the header (rows 2 to 3) are not read." in analysis.notes


def test_a_sum_above_the_header_is_no_table() -> None:
    analysis = analysed("""
        Budget 2025 | 2210
        Item        | Amount
        Rent        | 1200
        Food        | 450
        Fuel        | 560
    """)
    assert analysis.notes == []
