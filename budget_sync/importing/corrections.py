"""Cells that a person corrected: the document as if the file had held them. Pure.

In: ``Document``, corrections. Out: a document of the same places, so that provenance still names rows of the file.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from budget_sync.reading.document import Document, Grid


class CellCorrection(msgspec.Struct, frozen=True, rename="camel"):
    """``row`` and ``column`` are 0-based; ``sheet`` None: of a text file."""

    row: int
    column: int
    text: str
    sheet: str | None = None


def corrected(document: Document, corrections: Sequence[CellCorrection]) -> Document:
    """The document with these cells; what lies outside of a sheet is left alone."""
    if not corrections:
        return document
    return replace(document, grids=[_corrected(grid, corrections) for grid in document.grids])


def _corrected(grid: Grid, corrections: Sequence[CellCorrection]) -> Grid:
    own = [one for one in corrections if one.sheet == grid.sheet and one.row < len(grid.rows)]
    if not own:
        return grid
    rows, kinds = list(grid.rows), list(grid.kinds) if grid.kinds is not None else None
    for one in own:
        cells = rows[one.row]
        rows[one.row] = [*cells[: one.column], *[""] * (one.column - len(cells)), one.text, *cells[one.column + 1 :]]
        if kinds is not None:
            kind = kinds[one.row].ljust(one.column)
            kinds[one.row] = f"{kind[: one.column]}{'t' if one.text else ' '}{kind[one.column + 1 :]}"
    return replace(grid, rows=rows, kinds=kinds)
