"""The rows of a header, repeated between the blocks of a table, whatever stands in them: a year alone, too.

In: a grid and where its header is. Out: the rows of the body that say the header once more.
"""

from collections.abc import Iterator, Sequence

from budget_sync.reading.document import Grid

_LEVELS = 3  # so many rows above the first row of a header may belong to it


def repeated_header_rows(grid: Grid, first: int, last: int, body: int) -> frozenset[int]:
    """The 0-based rows from ``body`` on equal to row ``last``, and before each the rows like those above it."""
    above = [_stripped(grid.rows[row]) for row in range(max(0, first - _LEVELS), last)]
    header = _stripped(grid.rows[last])
    found: set[int] = set()
    for row in _like(grid, header, body):
        found.add(row)
        for distance, level in enumerate(reversed(above), start=1):
            if not level or _stripped(grid.rows[row - distance]) != level:
                break
            found.add(row - distance)
    return frozenset(found)


def _like(grid: Grid, header: Sequence[str], body: int) -> Iterator[int]:
    """The rows equal to the header, looked for by one of its columns: a file may have a million rows."""
    column = next((place for place, text in enumerate(header) if text), None)
    if column is None:
        return
    for start in range(body, len(grid.rows), grid.block_rows):
        cells = grid.column(column, start, min(start + grid.block_rows, len(grid.rows)))
        alike = {cell for cell in set(cells) if cell.strip() == header[column]}
        for row, cell in enumerate(cells, start) if alike else ():
            if cell in alike and _stripped(grid.rows[row]) == header:
                yield row


def _stripped(cells: Sequence[str]) -> list[str]:
    """The cells without the space around them and the empty ones at the end."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return stripped
