"""Columns and cells are named as a spreadsheet names them."""

import pytest

from budget_sync.domain.cell_names import cell_name, column_letters


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_a_spreadsheet(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_cell_is_its_column_and_its_row_from_one() -> None:
    assert cell_name(4, 2) == "C5"
