"""A large file, whose rows are kept packed, is understood as it would be with all of its rows at hand."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_sync.mapping import understand
from budget_sync.mapping.understanding import Understanding
from budget_sync.reading import Limits, read_document

TEXT_FILES = sorted(file for suffix in ("csv", "tsv", "txt") for file in Path("test_data").rglob(f"*.{suffix}"))


def same_understanding(content: bytes, name: str, block_rows: int) -> tuple[Understanding, Understanding]:
    """The file understood with packed rows, and with a list of them; they must not differ."""
    packed = understand(read_document(content, name, limits=Limits(block_rows=block_rows)))
    whole = understand(read_document(content, name))
    assert packed.analysis == whole.analysis
    assert packed.roles == whole.roles
    assert packed.texts == whole.texts
    assert packed.amounts == whole.amounts
    assert [packed.lines_of(column) for column in packed.amounts] == [
        whole.lines_of(column) for column in whole.amounts
    ]
    return packed, whole


@pytest.mark.parametrize("file", TEXT_FILES, ids=lambda file: file.name)
def test_a_sample_file_is_understood_alike_in_blocks_of_three_rows(file: Path) -> None:
    packed, _ = same_understanding(file.read_bytes(), file.name, 3)
    assert not isinstance(packed.grid.rows, list)


ROWS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["Sales", "Legal", "", "Sales"]),
            st.sampled_from(["Travel", "Rent", "1.1 Rent", "1 All"]),
            st.sampled_from(["2025-01", "2025-02", "03/04/2025"]),
            st.sampled_from(["1,250", "1.250,50", "99", "-5", "n/a", "word", "2,599"]),
        ),
        st.sampled_from([("Total", "", "", "2,599"), ("Revenue", "", "", ""), ("", "", "", ""), ("a", "note")]),
    ),
    min_size=4,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, block_rows=st.integers(1, 9))
def test_any_file_is_understood_alike_packed_or_not(rows: list[tuple[str, ...]], block_rows: int) -> None:
    lines = ["Department;Category;Period;Budget", *(";".join(row) for row in rows)]
    same_understanding("\n".join(lines).encode(), "plan.csv", block_rows)
