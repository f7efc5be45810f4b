"""Tables that are not read: beside the one that was, below it, or above its header.

In: what was read of a sheet. Out: sentences for a person, none where nothing is left out; a question where what is
left out is other money.
"""

from decimal import Decimal

from budget_sync.domain.cell_names import column_letters
from budget_sync.mapping.analysis import WHICH_TABLE, Answer, Question
from budget_sync.mapping.sheet import SheetReading
from budget_sync.reading.structure.cells import NUMBER, mark_of

_TABLE = 2  # rows with amounts: one above the header may be the sum of the whole
_MOST_NAMED = 4


def which_table(reading: SheetReading, total: Decimal) -> list[Question]:
    """Other money above or below the table that was read; ``total``: the sum of that one."""
    others = [table for table in reading.tables_above_or_below if not table.is_same_money][:_MOST_NAMED]
    if not others or reading.stretch is None:
        return []
    places = ", ".join(f"{table.first + 1}-{table.last + 1}" for table in others)
    first, last = (row + 1 for row in reading.stretch)
    rows = [
        (reading.header.row, f"Rows {first} to {last}", f"these amounts add up to {total:,}, as they were read"),
        *(
            (
                table.header_row,
                f"Rows {table.first + 1} to {table.last + 1}",
                f"these amounts add up to {table.total:,}",
            )
            for table in others
        ),
    ]
    return [
        Question(
            code=WHICH_TABLE,
            text=f"Which table is the budget? Rows {first} to {last} were read. Rows {places} look like another table "
            "with amounts, and were not. The row of its header (headerRow, from 0) reads another instead. To load all "
            "of them, split the file.",
            answers=[
                *(Answer(str(row), label, effect) for row, label, effect in rows if row is not None),
                Answer("all", "All of them", "give each table a file of its own, and send these"),
            ],
        )
    ]


def notes_on_other_tables(reading: SheetReading) -> list[str]:
    """What stands beside the table, above it with figures in its columns, or divides it anew is nowhere counted."""
    notes = [
        f"The table in columns {column_letters(first)} to {column_letters(last)} beside this one is not read."
        for first, last in reading.tables_beside
    ]
    notes += [
        f"Rows {table.first + 1} to {table.last + 1} divide the same money anew under a header of their own, "
        "and are not read."
        for table in reading.tables_above_or_below
        if table.is_same_money
    ]
    chosen = [one.column.index for one in reading.amounts.chosen]
    cells = [reading.grid.cells(range(reading.header.first or 0), column) for column in chosen]
    above = [row for row, own in enumerate(zip(*cells, strict=True), 1) if NUMBER in map(mark_of, own)]
    if len(above) >= _TABLE:
        notes.append(f"{len(above)} rows with amounts above the header (rows {above[0]} to {above[-1]}) are not read.")
    return notes
