"""Text of strangers in a table stays text in a table."""

import pytest

from budget_sync.orchestration.markdown import markdown_cell, markdown_table


def test_a_table_has_as_many_cells_in_every_row_as_in_its_head() -> None:
    assert markdown_table(["a", "b"], [["1"], ["1", "2", "3"]]).splitlines() == [
        "| a | b |",
        "| --- | --- |",
        "| 1 |  |",
        "| 1 | 2 |",
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", "a\\|b"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("two\nlines", "two lines"),
        ("[click](javascript:x)", "\\[click\\](javascript:x)"),
        (None, ""),
        ("x" * 200, "x" * 79 + "…"),
    ],
)
def test_a_cell_is_one_line_without_markup(text: str | None, cell: str) -> None:
    assert markdown_cell(text) == cell
