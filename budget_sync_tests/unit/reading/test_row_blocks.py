"""Rows kept packed are the rows that were put in, whichever way they are asked for."""

from hypothesis import given
from hypothesis import strategies as st

from budget_sync.reading import Grid, Limits, read_document
from budget_sync.reading.row_blocks import RowBlocks

CELLS = st.text(st.characters(exclude_characters="\0"), max_size=5)
ROWS = st.lists(st.lists(CELLS, max_size=4), max_size=12)


@given(rows=ROWS, block_rows=st.integers(1, 5), data=st.data())
def test_packed_rows_answer_like_a_list_of_lists(rows: list[list[str]], block_rows: int, data: st.DataObject) -> None:
    packed = RowBlocks(rows, block_rows)
    assert list(packed) == rows
    assert packed[:] == rows
    assert [packed[row] for row in range(-len(rows), len(rows))] == [*rows, *rows]
    assert packed.width == max(map(len, rows), default=0)
    column = data.draw(st.integers(0, 5))
    first, end = sorted(data.draw(st.tuples(st.integers(0, len(rows)), st.integers(0, len(rows)))))
    chosen = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1)))) if rows else []
    for grid in (Grid(packed), Grid(rows)):
        cells = [row[column] if column < len(row) else "" for row in rows]
        assert grid.column(column, first, end) == cells[first:end]
        assert grid.cells(chosen, column) == [cells[row] for row in chosen]
        assert grid.sample(chosen).rows == [rows[row] for row in chosen]


TEXTS = st.lists(
    st.sampled_from(['a,"b, c",1', "x;y", "", '"over\ntwo lines",2,3', "'=1+1,2,3", 'open "quote,1,2', "a,b,1\r"]),
    max_size=20,
).map("\n".join)


@given(text=TEXTS, block_rows=st.integers(1, 6))
def test_a_text_file_has_the_same_records_and_notes_packed_or_not(text: str, block_rows: int) -> None:
    content = f"Name,Note,Budget\n{text}".encode()
    whole = read_document(content, "plan.csv")
    packed = read_document(content, "plan.csv", limits=Limits(block_rows=block_rows))
    assert list(packed.grids[0].rows) == whole.grids[0].rows
    assert (packed.notes, packed.delimiter, packed.encoding) == (whole.notes, whole.delimiter, whole.encoding)
