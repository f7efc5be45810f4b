"""Lines that only a version not in force holds: the revised budget has no such line, and the first one is left out.

In: what was read of a sheet and the roles of its rows. Out: sentences for a person, none where nothing is lost.
"""

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.sheet import SheetReading
from budget_sync.mapping.versions import ranks_of
from budget_sync.reading.structure.rows import RowRole, Rows

_ROWS_READ = 20_000  # of longer files the versions may lie far apart, and all rows would have to be held
_LINES = (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY, TargetField.FISCAL_PERIOD)


def notes_on_lines_without_version(reading: SheetReading, rows: Rows) -> list[str]:
    """Told of versions of the budget alone: what was spent may well be for lines that nobody planned."""
    grid = reading.grid
    if not reading.filters or len(grid.rows) > _ROWS_READ:
        return []
    kept = {_line(reading, row) for row, role in enumerate(rows.roles) if role is RowRole.LINE}
    left = [row for row, role in enumerate(rows.roles) if role is RowRole.FILTERED]
    lost: set[tuple[str, ...]] = set()
    for column, keep in reading.filters.items():
        others = ranks_of(grid.column(column, reading.header.body)).keys() - set(keep)
        lost.update(_line(reading, row) for row in left if grid.cell(row, column).strip() in others)
    only = len(lost - kept) if kept else 0
    return [f"Lines that stand in no version in force, and are not loaded: {only}."] if only else []


def _line(reading: SheetReading, row: int) -> tuple[str, ...]:
    """What the row is for."""
    named = [index for field in _LINES for index in reading.fields.get(field, ())]
    return tuple(reading.grid.cell(row, index).strip() for index in named)
