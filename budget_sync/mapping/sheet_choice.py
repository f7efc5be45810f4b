"""Which sheet of several, and which table of it, is the budget.

In: a document. Out: ``SheetReading`` of the table with the most budget in it, with what else could be it.
"""

from dataclasses import dataclass, replace

from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.names import read_name
from budget_sync.mapping.sheet import SheetReading, read_sheet
from budget_sync.mapping.stacked_choice import stacked_table
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading.document import Document, Grid
from budget_sync.reading.structure.blocks import Block, find_blocks, within
from budget_sync.reading.structure.stacked import Stretch, stacked_tables

_HALF = 0.5
_NAME_WORD, _NAME_STEM = 4, 6
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a sheet: its cells, columns and rows. ``follows``: one with another header stands above it."""

    grid: Grid
    reading: SheetReading
    block: Block
    stretch: Stretch
    follows: bool

    @property
    def sheet(self) -> str | None:
        return self.reading.grid.sheet


def choose_sheet(document: Document, request: UnderstandingRequest) -> SheetReading:
    """The sheet that was asked for, else the one with the most budget in it; hidden ones only where all are.

    Of tables with headers of their own under one another the first counts, unless a later one is far more of a budget.
    What a person approved is of the table that was chosen without it.
    """
    plain = replace(request, mappings=None)
    grids = [grid for grid in document.grids if request.sheet is not None and grid.sheet == request.sheet]
    grids = grids or [grid for grid in document.grids if not grid.hidden] or document.grids
    tables = [table for grid in grids for table in _tables(grid, plain, document.file_name)]
    worth = [
        table.reading.worth + _named_like(table.sheet, document.file_name) - _NEAR * table.follows for table in tables
    ]
    best = tables[worth.index(max(worth))]
    near = [
        table.sheet
        for table, own in zip(tables, worth, strict=True)
        if own > max(worth) - _NEAR and table.sheet and table.sheet != best.sheet
    ]
    others = [
        table for table in tables if table.sheet == best.sheet and table is not best and table.reading.amounts.chosen
    ]
    beside = (
        (min(places), max(places))
        for table in others
        if table.block != best.block
        if (places := [column.index for column in table.reading.columns if column.profile.filled])
    )
    approved = request.mappings is not None
    return replace(
        read_sheet(best.grid, request, document.file_name) if approved else best.reading,
        rival_sheets=tuple(dict.fromkeys(near)),
        tables_beside=tuple(dict.fromkeys(beside)),
        tables_above_or_below=tuple(
            stacked_table(best.reading, table.reading, table.stretch) for table in others if table.block == best.block
        ),
        stretch=(best.stretch.first, best.stretch.end - 1),
    )


def _tables(grid: Grid, request: UnderstandingRequest, file_name: str) -> list[_Table]:
    """The tables beside and under one another; only that in which a person says that the header is."""
    found = []
    for block in find_blocks(grid):
        for stretch, own in stacked_tables(within(grid, block)):
            chosen = request.header_row
            if chosen is None or chosen >= len(grid.rows) or stretch.first <= chosen < stretch.end:
                found.append(_Table(own, read_sheet(own, request, file_name), block, stretch, stretch.first > 0))
    return found


def _named_like(sheet: str | None, file_name: str) -> float:
    """A sheet that bears words of the file's name, or the word budget, is more likely the one that was meant."""
    words = [word for word in words_of(sheet or "") if len(word) >= _NAME_WORD]
    if not words:
        return 0.0
    stems = {word[:_NAME_STEM] for word in words_of(file_name)}
    shared = sum(word[:_NAME_STEM] in stems for word in words) / len(words)
    return shared + _HALF * ("budget" in read_name(sheet or "").tags)
