"""One column that names the chapters, on rows that sum those below them, and what lies in each: it names the lines.

In: the fields, the rows and the grid. Out: the fields, such a column the sub-category, whatever its header calls it.
"""

from collections.abc import Mapping

from budget_sync.domain.fields import TargetField
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import TEXT, mark_of
from budget_sync.reading.structure.rows import RowRole, Rows
from budget_sync.reading.structure.words import says_total

_SEVERAL = 2
_MOSTLY = 0.5


def names_below_heads(
    fields: Mapping[TargetField, list[int]], rows: Rows, grid: Grid
) -> Mapping[TargetField, list[int]]:
    """The chapters are the departments then, as sections are; only where nothing else names the lines."""
    department = fields[TargetField.DEPARTMENT]
    if fields[TargetField.SUB_CATEGORY] or len(department) != 1:
        return fields
    named = [total for total in rows.totals if total.heads_lines and _names(grid, total.row, department[0])]
    covered = {row for total in named for row in total.members if _names(grid, row, department[0])}
    lines = sum(role is RowRole.LINE for role in rows.roles)
    if len(named) < _SEVERAL or len(covered) <= max(len(named), _MOSTLY * lines):
        return fields
    return {**fields, TargetField.DEPARTMENT: [], TargetField.SUB_CATEGORY: department}


def _names(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row][column] if column < len(grid.rows[row]) else ""
    return mark_of(cell) == TEXT and not says_total(cell)
