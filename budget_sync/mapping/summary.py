"""The analysis that people and programs see, put together from what was understood.

In: the reading of the sheet, its rows and amounts. Out: ``Analysis``.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import exp

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.mapping.analysis import (
    Alternative,
    Analysis,
    ColumnMapping,
    ControlTotal,
    FileTypeDetection,
    RowFilter,
)
from budget_sync.mapping.columns import Column
from budget_sync.mapping.context import FileContext
from budget_sync.mapping.score import FIELDS
from budget_sync.mapping.sheet import SheetReading, row_filters
from budget_sync.mapping.understanding import AmountColumn, RowTexts
from budget_sync.reading.document import Document
from budget_sync.reading.structure.rows import AmountCells, RowRole, Rows

_SAMPLE_ROWS = 5


def summarise(
    document: Document,
    reading: SheetReading,
    context: FileContext,
    rows: Rows,
    parsed: Sequence[AmountCells],
    amounts: Sequence[AmountColumn],
    texts: RowTexts,
) -> Analysis:
    """The whole analysis of a file."""
    main = {one.column.index for one in reading.amounts.chosen if one.is_main}
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    total = sum(
        (amount.values[row] or Decimal(0) for amount in parsed if amount.index in main for row in lines), Decimal(0)
    )
    mappings = _mappings(reading, amounts)
    missing = _missing(reading)
    return Analysis(
        file_name=document.file_name,
        upload_id=None,
        sheet=reading.grid.sheet,
        sheets=[grid.sheet for grid in document.grids if grid.sheet is not None],
        encoding=document.encoding,
        delimiter=document.delimiter,
        header_row=reading.header.row,
        layout=reading.amounts.layout,
        total_rows=len(reading.grid.rows) - reading.header.body,
        budget_rows=len(lines),
        sum_budgeted=total,
        headers=list(reading.header.names),
        sample_rows=[list(reading.grid.rows[row]) for row in lines[:_SAMPLE_ROWS]],
        amount_scale=context.scale,
        mappings=mappings,
        unmapped_columns=[one.source_column for one in mappings if one.target_field is None],
        required_fields_missing=missing,
        control_totals=_control_totals(rows, parsed, main),
        questions=[],
        file_type_detection=FileTypeDetection(FileType.BUDGET, 0.5, 0.5),
        can_proceed=not missing,
        row_filters=[RowFilter(index, keep) for index, keep in row_filters(reading).items()],
        notes=[note.message for note in document.notes],
    )


def _missing(reading: SheetReading) -> list[TargetField]:
    return [] if reading.amounts.chosen else [TargetField.BUDGETED_AMOUNT]


def _mappings(reading: SheetReading, amounts: Sequence[AmountColumn]) -> list[ColumnMapping]:
    field_of = {index: field for field, columns in reading.fields.items() for index in columns}
    own = {amount.index: amount for amount in amounts}
    return [_mapping(column, reading, field_of.get(column.index), own.get(column.index)) for column in reading.columns]


def _mapping(
    column: Column, reading: SheetReading, field: TargetField | None, amount: AmountColumn | None
) -> ColumnMapping:
    target = TargetField.BUDGETED_AMOUNT if amount else field
    scores = {own: reading.scores.scores[place][column.index] for place, own in enumerate(FIELDS)}
    ranked = sorted(scores, key=lambda own: -scores[own])
    margin = scores[target] - reading.scores.none[FIELDS.index(target)] if target else 0.0
    return ColumnMapping(
        source_column=column.label,
        column_index=column.index,
        target_field=target,
        confidence=round(1 / (1 + exp(-1.5 * margin - 1)), 3) if target else 0.0,
        reason=reading.amounts.left_out.get(column.index, "") if target is None else f"named {column.label!r}",
        sample_values=list(column.profile.samples),
        alternatives=[Alternative(own, 0.1) for own in ranked[:2] if own != target],
        period=amount.period if amount else None,
        label=(amount.department or amount.sub_category or None) if amount else None,
    )


def _control_totals(rows: Rows, parsed: Sequence[AmountCells], main: set[int]) -> list[ControlTotal]:
    found = []
    for total in rows.totals:
        stated = _sum(parsed, main, [total.row])
        computed = _sum(parsed, main, total.members) if total.members else None
        found.append(
            ControlTotal(
                total.row,
                total.label,
                stated,
                computed,
                None if computed is None else abs(computed - stated) <= Decimal("0.005"),
            )
        )
    return found


def _sum(parsed: Sequence[AmountCells], main: set[int], rows: Sequence[int]) -> Decimal:
    return sum(
        (amount.values[row] or Decimal(0) for amount in parsed if amount.index in main for row in rows), Decimal(0)
    )
