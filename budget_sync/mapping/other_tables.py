"""Tables that are not read: beside the one that was, below it, or above its header.

In: what was read of a sheet. Out: sentences for a person, none where nothing is left out.
"""

from budget_sync.domain.cell_names import column_letters
from budget_sync.mapping.sheet import SheetReading
from budget_sync.reading.structure.cells import NUMBER, mark_of

_TABLE = 2  # rows with amounts: one above the header may be the sum of the whole


def notes_on_other_tables(reading: SheetReading) -> list[str]:
    """What stands beside the table, or above it with figures in its columns of amounts, is nowhere counted."""
    notes = [
        f"The table in columns {column_letters(first)} to {column_letters(last)} beside this one is not read."
        for first, last in reading.tables_beside
    ]
    notes += [
        f"Rows {first + 1} to {last + 1} are another table with a header of its own, which is not read."
        for first, last in reading.tables_above_or_below
    ]
    chosen = [one.column.index for one in reading.amounts.chosen]
    cells = [reading.grid.cells(range(reading.header.first or 0), column) for column in chosen]
    above = [row for row, own in enumerate(zip(*cells, strict=True), 1) if NUMBER in map(mark_of, own)]
    if len(above) >= _TABLE:
        notes.append(f"{len(above)} rows with amounts above the header (rows {above[0]} to {above[-1]}) are not read.")
    return notes
