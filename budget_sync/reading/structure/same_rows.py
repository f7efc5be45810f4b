"""Rows that are equal to an earlier one cell by cell, and stand for the same.

In: a grid, some of its rows, what each stands for by its section and the labels above it. Out: the first row of each
repeated one. Rows are told apart by their hashes first, so that a file without repetitions takes eight bytes a row.
"""

from array import array
from collections.abc import Sequence
from itertools import compress, islice
from operator import eq

from budget_sync.reading.document import Grid

_SET_ROWS = 1_200_000  # whose hashes fit into 110 MB as a set, which is faster than sorting them


def same_rows(grid: Grid, rows: Sequence[int], meanings: Sequence[Sequence[str]] = ()) -> dict[int, int]:
    """Each of the rows, which rise, that equals an earlier one of them, with the first such row.

    ``meanings``: lists of one text a row; ``Travel 100`` of one department is not that of another.
    """
    if len(rows) <= _SET_ROWS and len(set(map(hash, grid.tuples(rows)))) == len(rows):
        return {}
    hashes = array("q", map(hash, grid.tuples(rows)))
    in_order = sorted(hashes)
    repeated = set(compress(in_order, map(eq, in_order, islice(in_order, 1, None))))
    if not repeated:
        return {}
    places = [place for place, own in enumerate(hashes) if own in repeated]
    suspects = [rows[place] for place in places]
    first_of: dict[tuple[tuple[str, ...], ...], int] = {}
    found = {}
    for place, row, cells in zip(places, suspects, grid.tuples(suspects), strict=True):
        first = first_of.setdefault((cells, tuple(meaning[place] for meaning in meanings)), row)
        if first != row:
            found[row] = first
    return found
