"""A table that was saved with each row as one cell is read as the table it was."""

import pytest

from budget_sync.reading import read_document
from budget_sync.reading.text.wrapped_rows import without_wrapping

ROWS = ['2026,""Office, all of it"",100', "2026,Roads,250", '2026,""Parks"",75']


@pytest.mark.parametrize("header", ["year,name,budget", '"year,name,budget"'])
def test_rows_in_quotation_marks_as_a_whole_are_read_cell_by_cell(header: str) -> None:
    document = read_document("\r\n".join([header, *(f'"{row}"' for row in ROWS)]).encode(), "budget.csv")
    assert document.grids[0].rows[0] == ["year", "name", "budget"]
    assert document.grids[0].rows[1] == ["2026", "Office, all of it", "100"]
    assert [note.code for note in document.notes] == ["wrapped_rows"]


@pytest.mark.parametrize(
    "text",
    [
        'name\n"Rent, light and heat"\n"Paper"\n"Meals, if any"\n',
        '"a","b","c"\n"1","2","3"\n"4","5","6"\n',
        "a,b,c\n1,2,3\n4,5,6\n",
        "",
    ],
)
def test_sentences_and_cells_in_quotation_marks_of_their_own_are_left(text: str) -> None:
    assert without_wrapping(text) is None
