"""Tables side by side on one sheet: split where an empty column is followed by a new column of labels.

In: a grid. Out: for each table the columns that it covers. Spacer columns within one table do not split it.
"""

from dataclasses import dataclass, replace

from budget_sync.reading.document import Grid
from budget_sync.reading.row_blocks import RowBlocks
from budget_sync.reading.structure.cells import EMPTY, NIL, NUMBER, TEXT, row_marks

_SAMPLE_ROWS = 400
_MOSTLY = 0.5
_LEAST_NUMBERS = 2
_WIDEST = 256


@dataclass(frozen=True, slots=True)
class Block:
    """Columns ``first`` to ``end`` (not included) of a sheet."""

    first: int
    end: int


def find_blocks(grid: Grid) -> list[Block]:
    """The tables that stand side by side, from left to right; one block for a plain sheet."""
    count = min(len(grid.rows), _SAMPLE_ROWS)
    width = min(max((len(row) for row in grid.rows[:count]), default=0), _WIDEST)
    marks = [row_marks(grid, row, width) for row in range(count)]
    columns = ["".join(row[column] for row in marks).replace(EMPTY, "") for column in range(width)]
    starts = [0]
    for column in range(1, width):
        if columns[column] and not columns[column - 1] and _opens_table(columns, starts[-1], column):
            starts.append(column)
    return [Block(first, end) for first, end in zip(starts, [*starts[1:], max(width, 1)], strict=True)]


def _opens_table(columns: list[str], first: int, column: int) -> bool:
    """Labels here, and numbers both to the left of the gap and to the right of it."""
    held = columns[column].replace(NIL, "")
    if held.count(TEXT) < _MOSTLY * len(held) or held.count(TEXT) < _LEAST_NUMBERS:
        return False
    left = sum(own.count(NUMBER) >= _LEAST_NUMBERS for own in columns[first : column - 1])
    following = next((place for place in range(column, len(columns)) if not columns[place]), len(columns))
    right = sum(own.count(NUMBER) for own in columns[column:following])
    return left > 0 and right >= _LEAST_NUMBERS


def within(grid: Grid, block: Block) -> Grid:
    """The grid with only this block's cells; the columns keep their numbers."""
    widest = grid.rows.width if isinstance(grid.rows, RowBlocks) else max(map(len, grid.rows), default=0)
    if block.first == 0 and widest <= block.end:
        return grid
    empty = [""] * block.first
    cut = ([*empty, *row[block.first : block.end]] for row in grid.rows)
    rows = RowBlocks(cut, grid.rows.block_rows) if isinstance(grid.rows, RowBlocks) else list(cut)
    kinds = None
    if grid.kinds is not None:
        kinds = [" " * block.first + row[block.first : block.end] for row in grid.kinds]
    units = {column: unit for column, unit in grid.number_units.items() if block.first <= column < block.end}
    return replace(grid, rows=rows, kinds=kinds, merges=[], number_units=units)
