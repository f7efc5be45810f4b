"""What a cell holds, and tables that stand side by side."""

import pytest

from budget_sync.reading.document import Grid
from budget_sync.reading.structure.blocks import Block, find_blocks, within
from budget_sync.reading.structure.cells import is_period, is_year, mark_of, row_marks
from budget_sync.reading.structure.words import knows_word, says_derived, says_total
from budget_sync_tests.unit.mapping.tables import grid_of


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("", " "),
        ("  ", " "),
        ("12", "n"),
        (" -1,234.50 ", "n"),
        ("(1.234)", "n"),
        ("€ 5", "n"),
        ("-", "-"),
        ("$ -", "-"),
        ("n/a", "-"),
        ("12.5 %", "%"),
        ("2025-03-01", "d"),
        ("01/03/2025", "d"),
        ("2025/03/01", "d"),
        ("2025.3.14", "d"),
        ("2025/26", "t"),
        ("2025.13.01", "t"),
        ("1/3/2025 9:05:00 AM", "d"),
        ("15/04/2025 12:00:00 a. m.", "d"),
        ("#REF!", "e"),
        ("EUR", "t"),
        ("Euro", "t"),
        ("Travel", "t"),
    ],
)
def test_marks_of_text_cells(cell: str, mark: str) -> None:
    assert mark_of(cell) == mark


def test_a_workbook_says_itself_what_its_cells_are() -> None:
    grid = Grid([["2025", "2025-01-01", "True", "#REF!", "", "12"]], "s", ["ndbeft"])
    assert row_marks(grid, 0, 8) == "ndte n  "


def test_years_and_periods() -> None:
    assert is_year(" 2025 ")
    assert not is_year("2250")
    assert is_period("Q1 2025")
    assert not is_period("")


def test_an_empty_column_before_labels_splits_two_tables() -> None:
    grid = grid_of("""
        Item | Plan |  | Cost    | Plan
        Rent | 100  |  | Wages   | 900
        Food | 200  |  | Pension | 90
    """)
    assert find_blocks(grid) == [Block(0, 3), Block(3, 5)]
    assert within(grid, Block(3, 5)).rows[1] == ["", "", "", "Wages", "900"]


def test_an_empty_column_between_figures_splits_nothing() -> None:
    grid = grid_of("""
        Item | 2024 |  | 2025
        Rent | 100  |  | 110
        Food | 200  |  | 210
    """)
    assert find_blocks(grid) == [Block(0, 4)]
    assert within(grid, Block(0, 4)) is grid


def test_the_marks_of_a_workbook_are_cut_with_its_cells() -> None:
    grid = Grid([["a", "1", "", "b", "2"], ["c", "3", "", "d", "4"]], "s", ["tn tn", "tn tn"])
    second = within(grid, find_blocks(grid)[1])
    assert second.kinds == ["   tn", "   tn"]


@pytest.mark.parametrize(
    "label", ["Total", "Grand Total:", "Travel total", "WP1 total", "Sub-total 12", "Summe Personal"]
)
def test_labels_that_say_total(label: str) -> None:
    assert says_total(label)


@pytest.mark.parametrize("label", ["", "Travel", "the total of all that we hope to spend in the year", "Software"])
def test_labels_that_do_not(label: str) -> None:
    assert not says_total(label)


def test_results_and_known_words() -> None:
    assert says_derived("Net income")
    assert not says_derived("Income")
    assert knows_word("Kostenstelle")
    assert not knows_word("zzyzx")
