"""Rows that are equal to an earlier one cell by cell.

In: a grid and some of its rows. Out: the first row of each repeated one. Rows are told apart by their hashes first, so
that a file without repetitions takes eight bytes a row.
"""

from array import array
from collections.abc import Sequence
from itertools import compress, islice
from operator import eq

from budget_sync.reading.document import Grid


def same_rows(grid: Grid, rows: Sequence[int]) -> dict[int, int]:
    """Each of the rows, which rise, that equals an earlier one of them, with the first such row."""
    hashes = array("q", map(hash, grid.tuples(rows)))
    in_order = sorted(hashes)
    repeated = set(compress(in_order, map(eq, in_order, islice(in_order, 1, None))))
    if not repeated:
        return {}
    suspects = [row for row, own in zip(rows, hashes, strict=True) if own in repeated]
    first_of: dict[tuple[str, ...], int] = {}
    found = {}
    for row, cells in zip(suspects, grid.tuples(suspects), strict=True):
        first = first_of.setdefault(cells, row)
        if first != row:
            found[row] = first
    return found
