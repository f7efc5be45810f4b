"""Rejected rows as a page shows them: where each stands, what it holds, which cells to correct. Pure.

In: the errors of an import or a rehearsal, the rows of the file. Out: ``RejectedRow``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from budget_sync.domain.cell_names import cell_name
from budget_sync.domain.fields import TargetField
from budget_sync.importing.corrections import CellCorrection
from budget_sync.importing.failed_rows import column_of
from budget_sync.mapping.analysis import Analysis
from budget_sync.reading.document import Grid
from budget_sync.validation.lines import RowError

_CELL = re.compile("cell_([0-9]{1,7})_([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class BadCell:
    """``column`` None: the whole row is bad, and no cell of it can be corrected alone."""

    column: int | None
    place: str
    header: str
    text: str
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """``row`` is 0-based; ``names``: what the row is called, from the columns that name it."""

    row: int
    names: list[str]
    cells: list[BadCell]


def rejected_rows(analysis: Analysis, grid: Grid, errors: Sequence[RowError]) -> list[RejectedRow]:
    """The rows of these errors, in the order of the file."""
    of_row: dict[int, list[RowError]] = defaultdict(list)
    for error in errors:
        of_row[error.row].append(error)
    return [_row(analysis, grid, row, of_row[row]) for row in sorted(of_row) if row < len(grid.rows)]


def _row(analysis: Analysis, grid: Grid, row: int, errors: Sequence[RowError]) -> RejectedRow:
    cells: dict[int | None, BadCell] = {}
    for error in errors:
        column = column_of(error, analysis.headers, grid.rows[row])
        if column not in cells:
            place = cell_name(row, column) if column is not None else str(row + 1)
            text = grid.cell(row, column) if column is not None else ""
            cells[column] = BadCell(column, place, error.column or "", text)
        if error.reason not in cells[column].reasons:
            cells[column].reasons.append(error.reason)
    named = [
        one.column_index
        for one in analysis.mappings
        if one.target_field in (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY, TargetField.FISCAL_PERIOD)
    ]
    names = [text for column in named if column not in cells and (text := grid.cell(row, column).strip())]
    return RejectedRow(row, names, list(cells.values()))


def corrections_of(
    form: Mapping[str, str], sheet: str | None, before: Sequence[CellCorrection]
) -> list[CellCorrection]:
    """The corrections with those of the form: ``cell_6_3`` holds what is to stand there, ``was_6_3`` what was shown."""
    found = {(one.sheet, one.row, one.column): one for one in before}
    for name, text in form.items():
        match = _CELL.fullmatch(name)
        if match is not None and text != form.get(f"was_{match[1]}_{match[2]}"):
            row, column = int(match[1]), int(match[2])
            found[sheet, row, column] = CellCorrection(row, column, text.strip(), sheet)
    return list(found.values())
