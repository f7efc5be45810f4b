"""A sheet or a row that is not there is told, and no other is read in its place."""

import pytest

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.mapping.chosen_place import require_place
from budget_sync_tests.unit.mapping.tables import document_of, grid_of

TABLE = "Department | Budget\nSales | 10\nLegal | 20"
WORKBOOK = document_of(grid_of(TABLE, "Plan 2025"), grid_of(TABLE, "Plan 2026"), name="plans.xlsx")


def test_a_place_that_is_there_is_no_error() -> None:
    require_place(WORKBOOK, "Plan 2026", 2)


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(InvalidRequestError, match=r"has no sheet 'Plan 2027'. It has 'Plan 2025', 'Plan 2026'\."):
        require_place(WORKBOOK, "Plan 2027", None)


def test_a_text_file_has_no_sheets() -> None:
    with pytest.raises(InvalidRequestError, match="leave the sheet out"):
        require_place(document_of(grid_of(TABLE)), "Plan", None)


def test_a_row_below_the_last_is_told() -> None:
    with pytest.raises(InvalidRequestError, match="no row 100 to take for the header; it ends with row 3"):
        require_place(WORKBOOK, "Plan 2026", 99)
