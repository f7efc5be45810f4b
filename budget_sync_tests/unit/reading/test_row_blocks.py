"""Rows kept packed are the rows that were put in, whichever way they are asked for."""

from hypothesis import given
from hypothesis import strategies as st

from budget_sync.reading import Grid, Limits, read_document
from budget_sync.reading.held_texts import HeldTexts
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


def test_a_block_of_several_pieces_has_its_rows_whatever_their_lengths() -> None:
    rows = [[f"Department {row % 7}", str(row)] for row in range(4_500)]
    rows[10], rows[2_100], rows[4_200] = [], ["a", "b", "c"], ["only"]
    packed = RowBlocks(rows, 4_000)
    assert list(packed) == rows
    assert list(packed.tuples(range(3_900, 4_300))) == list(map(tuple, rows[3_900:4_300]))
    assert (packed.width, packed[2_100], packed.column(2, 2_099, 2_102)) == (3, ["a", "b", "c"], ["", "c", ""])


def test_texts_that_come_again_are_held_once_and_those_that_all_differ_are_let_be() -> None:
    texts = HeldTexts()
    names, numbers = [f"Department {row % 7}" for row in range(60_000)], [f"{row}.50" for row in range(60_000)]
    assert len({id(text) for start in (0, 30_000) for text in texts.held(0, names[start : start + 30_000])}) == 7
    for start in (0, 30_000):
        assert list(texts.held(1, numbers[start : start + 30_000])) == numbers[start : start + 30_000]
    again = [f"{row}.50" for row in range(10)]
    assert all(map(lambda held, own: held is own, texts.held(1, again), again))
    assert texts.bytes > 60_000 * 56
