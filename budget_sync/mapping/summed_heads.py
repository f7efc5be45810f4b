"""Rows that head those below them and bear their sum: sections with an amount.

In: the grid, the roles of its rows, the lines. Out: by row the text of each head.
"""

from collections.abc import Sequence

from budget_sync.domain.names import clean_name
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import TEXT, mark_of
from budget_sync.reading.structure.rows import Rows
from budget_sync.reading.structure.words import says_total

_NEARLY_ALL = 0.9


def summed_heads(grid: Grid, rows: Rows, lines: Sequence[int]) -> dict[int, str]:
    """The texts of rows that bear the sum of the lines right below them, where such rows part nearly all lines.

    A line that is filled as they are, and unlike all those, is a head with nothing below it.
    """
    heads: dict[int, str] = {}
    covered: set[int] = set()
    for total in rows.totals:
        text = _first_text(grid, total.row)
        if not total.heads_lines or not text or says_total(text):
            continue
        if len(total.members) == len(lines):
            continue  # the whole
        if covered & set(total.members):
            return {}
        covered |= set(total.members)
        heads[total.row] = text
    if len(heads) <= 1:
        return {}
    alone = [line for line in lines if line not in covered]
    if alone and _filled_alike(grid, [*heads, *alone], sorted(covered)):
        return heads | {line: _first_text(grid, line) for line in alone}
    return heads if len(lines) - len(alone) >= _NEARLY_ALL * len(lines) else {}


def _first_text(grid: Grid, row: int) -> str:
    return next((clean_name(cell) for cell in grid.rows[row] if mark_of(cell) == TEXT), "")


def _filled_alike(grid: Grid, heads: Sequence[int], below: Sequence[int]) -> bool:
    """A column that all of the one fill, and none of the other: the number of a chapter."""
    width = min(len(grid.rows[row]) for row in heads)
    filled = (column for column in range(width) if all(grid.rows[row][column].strip() for row in heads))
    return any(not any(cell.strip() for cell in grid.cells(below, column)) for column in filled)
