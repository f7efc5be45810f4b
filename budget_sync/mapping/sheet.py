"""One sheet understood: header, columns, amounts, fields, the role of every row.

In: a grid. Out: ``SheetReading``, and the rows of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from math import log10

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.mapping.amount_choice import AmountChoice
from budget_sync.mapping.amounts import FACTOR, choose_amount_columns
from budget_sync.mapping.approved import approved
from budget_sync.mapping.columns import Column, read_columns
from budget_sync.mapping.context import budget_beside, year_beside
from budget_sync.mapping.days_beside import of_any_day, without_days
from budget_sync.mapping.fields import choose_fields, settle_levels
from budget_sync.mapping.heads_among_names import names_below_heads
from budget_sync.mapping.levels import units_in_units, with_parent
from budget_sync.mapping.numbered_levels import by_their_levels
from budget_sync.mapping.period_sums import mixes_periods, sums_of_periods
from budget_sync.mapping.row_filters import row_filters
from budget_sync.mapping.score import FieldScores, score_columns
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.mapping.units import unit_beside_kinds, unit_by_its_names
from budget_sync.mapping.wide_departments import are_kinds_of_cost
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.header import Header, find_header
from budget_sync.reading.structure.rows import AmountCells, RowRole, Rows, classify_rows

_PROSE = 60
_HALF, _MOSTLY = 0.5, 0.9
_ONE_LENGTH = 0.8
_LEVEL_SAMPLE = 3000


@dataclass(frozen=True, slots=True)
class StackedTable:
    """A table with amounts above or below the one that is read: its rows, its header (0-based), the sum of its lines.

    ``is_same_money``: it divides the money of the table that is read anew.
    """

    first: int
    last: int
    header_row: int | None
    total: Decimal
    is_same_money: bool


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet, or one table of several on a sheet.

    ``fields``: the columns of each field but the amount. ``filters``: by column the values whose rows count.
    ``found_fields``: the fields before a person or the lines corrected them; the roles of the rows rest on these.
    ``rival_sheets``: other sheets that look nearly as much like the budget. ``tables_beside``: the first and the last
    column of each other table with amounts on this sheet, which is not read; ``tables_above_or_below``: each that has
    a header of its own; ``stretch``: the first and the last row of the table that is read.
    """

    grid: Grid
    header: Header
    columns: list[Column]
    scores: FieldScores
    amounts: AmountChoice
    fields: Mapping[TargetField, list[int]]
    filters: Mapping[int, list[str]]
    found_fields: Mapping[TargetField, list[int]]
    rival_sheets: tuple[str, ...] = ()
    tables_beside: tuple[tuple[int, int], ...] = ()
    tables_above_or_below: tuple[StackedTable, ...] = ()
    stretch: tuple[int, int] | None = None

    @property
    def worth(self) -> float:
        """How much of a budget the sheet looks: amounts first, then names, then its size."""
        if not self.amounts.chosen:
            return 0.0
        named = max(one.column.evidence.strength(TargetField.BUDGETED_AMOUNT) for one in self.amounts.chosen)
        filled = max(one.column.profile.filled for one in self.amounts.chosen)
        labelled = sum(bool(self.fields.get(field)) for field in (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY))
        wide = self.amounts.layout is not Layout.LONG
        shape = _HALF * (wide + labelled + (self.header.row is not None))
        return 1.0 + named + shape + log10(1 + filled) - _HALF * self._is_dated

    @property
    def _is_dated(self) -> bool:
        """Every row has its day, as what was spent has, and no amount is called a budget."""
        budgets = ("budget" in one.column.evidence.tags for one in self.amounts.chosen)
        if self.amounts.layout is not Layout.LONG or any(budgets):
            return False
        return any(column.profile.dates > _HALF and of_any_day(column) for column in self.columns)


def read_sheet(grid: Grid, request: UnderstandingRequest, file_name: str) -> SheetReading:
    """The header, the columns and what each is."""
    header = find_header(grid, request.header_row)
    columns = read_columns(grid, header, request.words)
    scores = score_columns(columns)
    year = year_beside(grid, header, file_name)
    planned = budget_beside(grid, header, file_name)
    amounts = choose_amount_columns(grid, header, columns, scores, year, request.layout, planned=planned)
    told = {
        index
        for index, reason in amounts.left_out.items()
        if reason == FACTOR or columns[index].evidence.version is not None
    }
    taken = {one.column.index for one in amounts.chosen} | told
    filters = row_filters(grid, header, columns, taken, [one.column for one in amounts.chosen])
    found = choose_fields(columns, scores, {*taken, *filters})
    found = by_their_levels(columns, found, {*taken, *filters})
    if amounts.layout is Layout.WIDE_DEPARTMENTS and are_kinds_of_cost(amounts.chosen):
        found = unit_beside_kinds(columns, found)
    elif amounts.layout is not Layout.WIDE_DEPARTMENTS:
        found = unit_by_its_names(columns, found, {*taken, *filters})
    found = without_days(columns, found, amounts)
    fields: Mapping[TargetField, list[int]] = found
    if request.mappings is not None:
        amounts, fields = approved(request.mappings, columns, amounts)
    return SheetReading(grid, header, columns, scores, amounts, fields, filters, found)


def label_columns(reading: SheetReading) -> list[int]:
    """The columns that name a row: those of the fields, and short texts and codes beside them."""
    chosen = {one.column.index for one in reading.amounts.chosen}
    mapped = {
        index
        for field in (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY)
        for index in reading.found_fields.get(field, ())
    }
    first, last = min(chosen, default=0), max([*chosen, *mapped], default=0)
    found = []
    for column in reading.columns:
        index = column.index
        if index in mapped:
            found.append(index)
        elif index in chosen or index >= last or column.profile.mean_length >= _PROSE or _is_figures(column):
            continue
        elif index not in reading.amounts.left_out or (index < first and _is_codes(column)):
            found.append(index)
    return found


def _is_figures(column: Column) -> bool:
    profile = column.profile
    if "code" in column.evidence.tags or _is_outline(column):
        return False
    return profile.percents > _HALF or (profile.numbers > _MOSTLY and profile.whole < _MOSTLY)


def _is_outline(column: Column) -> bool:
    """1, 1.1, 1.2, 2: a first column that only rises numbers the rows."""
    return column.index <= 1 and column.profile.rises


def _is_codes(column: Column) -> bool:
    profile = column.profile
    return (
        "code" in column.evidence.tags
        or _is_outline(column)
        or profile.nested
        or (profile.whole == 1.0 and profile.one_length >= _ONE_LENGTH)
    )


def read_rows(reading: SheetReading, amounts: Sequence[AmountCells]) -> Rows:
    """The role of every row; rows of versions not in force are filtered out."""
    rows = classify_rows(reading.grid, reading.header, amounts, label_columns(reading))
    for index, keep in reading.filters.items():
        kept = {*keep, ""}
        lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
        for row, cell in zip(lines, reading.grid.cells(lines, index), strict=True):
            if cell.strip() not in kept:
                rows.roles[row] = RowRole.FILTERED
    return _without_sums_of_periods(reading, rows, amounts)


def _without_sums_of_periods(reading: SheetReading, rows: Rows, amounts: Sequence[AmountCells]) -> Rows:
    """A quarter among the months of a long table adds them up."""
    periods = reading.fields.get(TargetField.FISCAL_PERIOD, ())
    if reading.amounts.layout is not Layout.LONG or len(periods) != 1 or len(amounts) != 1:
        return rows
    first = list(islice((row for row, role in enumerate(rows.roles) if role is RowRole.LINE), _LEVEL_SAMPLE))
    if not mixes_periods(reading.grid.cells(first, periods[0])):
        return rows
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    labels = [index for index in label_columns(reading) if index != periods[0]]
    found = sums_of_periods(reading.grid, lines, periods[0], labels, amounts[0])
    for total in found:
        rows.roles[total.row] = RowRole.TOTAL
    return replace(rows, totals=sorted([*rows.totals, *found], key=lambda total: total.row)) if found else rows


def settled(reading: SheetReading, rows: Rows) -> SheetReading:
    """The levels of names put right, now that the lines are known."""
    lines = list(islice((row for row, role in enumerate(rows.roles) if role is RowRole.LINE), _LEVEL_SAMPLE))
    cells = {column.index: list(map(str.strip, reading.grid.cells(lines, column.index))) for column in reading.columns}
    taken = {one.column.index for one in reading.amounts.chosen}
    fields = settle_levels(reading.columns, names_below_heads(reading.fields, rows, reading.grid), cells, taken)
    taken |= set(reading.filters)
    fields = units_in_units(reading.columns, fields, cells, taken)
    return replace(reading, fields=with_parent(reading.columns, fields, cells, taken))
