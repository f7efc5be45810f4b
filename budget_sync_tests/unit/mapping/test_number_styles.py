"""How a column writes its numbers is decided by all its cells, the last as well as the first."""

from decimal import Decimal

from budget_sync.mapping import understand
from budget_sync.reading import read_document
from budget_sync_tests.unit.mapping.tables import analysed


def test_the_last_cell_of_a_long_column_can_tell_how_all_are_written() -> None:
    rows = [f"Unit {row % 9};Item {row};2025;{row % 9 + 1},{row % 900 + 100}" for row in range(4000)]
    text = "\n".join(["Department;Item;Year;Budget", *rows, "Unit 1;Last;2025;2,5"])
    analysis = understand(read_document(text.encode(), "plan.csv")).analysis
    expected = sum((Decimal(row.rpartition(";")[2].replace(",", ".")) for row in rows), Decimal("2.5"))
    assert analysis.sum_budgeted == expected
    assert analysis.questions == []


def test_columns_side_by_side_settle_each_other() -> None:
    analysis = analysed("""
        Department | Item   | Jan 2025 | Feb 2025
        Sales      | Travel | 1.234    | 12.345,50
        Works      | Rent   | 2.345    | 11.000,25
    """)
    assert analysis.sum_budgeted == Decimal("26924.75")
    assert analysis.questions == []


SHARES = """
    Kostenart      | Plan 2026 | Abw. %  | Bemerkung
    Energie        | 120.000   | {first} | Tarif neu
    Instandhaltung | 85.500    | {last}  | wie bisher
"""


def test_a_column_of_shares_bears_out_that_points_stand_between_thousands() -> None:
    analysis = analysed(SHARES.format(first="3,5", last="-1,2"))
    assert analysis.sum_budgeted == 205500
    assert "which_decimal_sign" not in [question.code for question in analysis.questions]


def test_a_column_that_is_written_otherwise_or_is_whole_leaves_the_sign_open() -> None:
    for first, last in (("3.5", "-1.2"), ("3", "2")):
        analysis = analysed(SHARES.format(first=first, last=last))
        assert "which_decimal_sign" in [question.code for question in analysis.questions]
