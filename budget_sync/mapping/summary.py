"""The analysis that people and programs see, put together from what was understood.

In: the reading of the sheet, its rows, amounts and texts. Out: ``Analysis``.
"""

from collections.abc import Sequence

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.mapping.analysis import Alternative, Analysis, ColumnMapping, RowFilter
from budget_sync.mapping.columns import Column
from budget_sync.mapping.confidence import confidence_of
from budget_sync.mapping.context import FileContext
from budget_sync.mapping.control import control_totals, sum_of
from budget_sync.mapping.customer_words import CustomerWords
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.file_type import detect_file_type
from budget_sync.mapping.margins import margin_of
from budget_sync.mapping.questions import questions
from budget_sync.mapping.reasons import reason_for
from budget_sync.mapping.score import FIELDS
from budget_sync.mapping.sheet import SheetReading
from budget_sync.mapping.understanding import AmountColumn, RowTexts, UnderstandingRequest
from budget_sync.reading.document import Document
from budget_sync.reading.structure.rows import AmountCells, RowRole, Rows

_SAMPLE_ROWS = 5
_ALTERNATIVES = 2
_LEAST_ALTERNATIVE = 0.05


def summarise(
    document: Document,
    reading: SheetReading,
    context: FileContext,
    rows: Rows,
    parsed: Sequence[AmountCells],
    amounts: Sequence[AmountColumn],
    texts: RowTexts,
    repeats: int,
    request: UnderstandingRequest,
) -> Analysis:
    """The whole analysis of a file; ``repeats``: how many of its line rows equal an earlier one."""
    defaults = request.defaults
    main = {one.column.index for one in reading.amounts.chosen if one.is_main}
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    mappings = _mappings(reading, amounts)
    detection = detect_file_type(evidence_of(document, reading, context, rows, request.words))
    asked = questions(reading, context, rows, parsed, amounts, texts, repeats, detection, defaults)
    missing = _missing(amounts, texts, context, defaults)
    return Analysis(
        file_name=document.file_name,
        upload_id=None,
        sheet=reading.grid.sheet,
        sheets=[grid.sheet for grid in document.grids if grid.sheet is not None],
        encoding=document.encoding,
        delimiter=document.delimiter,
        header_row=reading.header.row,
        layout=reading.amounts.layout,
        total_rows=max(len(reading.grid.rows) - reading.header.body, 0),
        budget_rows=len(lines),
        sum_budgeted=sum_of(parsed, main, lines),
        headers=list(reading.header.names),
        sample_rows=[list(reading.grid.rows[row]) for row in lines[:_SAMPLE_ROWS]],
        amount_scale=context.scale,
        mappings=mappings,
        unmapped_columns=[one.source_column for one in mappings if one.target_field is None],
        required_fields_missing=missing,
        control_totals=control_totals(rows, parsed, main),
        questions=asked,
        file_type_detection=detection,
        can_proceed=not missing
        and detection.likely_file_type is FileType.BUDGET
        and not any(question.blocking for question in asked),
        row_filters=[RowFilter(index, keep) for index, keep in reading.filters.items()],
        notes=[
            *(note.message for note in document.notes),
            *context.notes(periods_in_headers=all(one.period for one in amounts)),
        ],
    )


def evidence_of(
    document: Document, reading: SheetReading, context: FileContext, rows: Rows, words: CustomerWords
) -> FileEvidence:
    """What the kind of the file is judged by."""
    chosen = [one.column for one in reading.amounts.chosen]
    fields = {field: tuple(columns) for field, columns in reading.fields.items() if columns}
    if chosen:
        fields[TargetField.BUDGETED_AMOUNT] = tuple(column.index for column in chosen)
    return FileEvidence(
        file_name=document.file_name,
        sheet=reading.grid.sheet,
        other_sheets=tuple(
            grid.sheet for grid in document.grids if grid.sheet is not None and grid.sheet != reading.grid.sheet
        ),
        titles=context.titles,
        headers=tuple(reading.header.names),
        profiles=tuple(column.profile for column in reading.columns),
        fields=fields,
        layout=reading.amounts.layout,
        amount_strength=max((column.evidence.strength(TargetField.BUDGETED_AMOUNT) for column in chosen), default=0.0),
        lines=sum(role is RowRole.LINE for role in rows.roles),
        totals=len(rows.totals),
        sections=len(rows.sections),
        words=words,
    )


def _missing(
    amounts: Sequence[AmountColumn], texts: RowTexts, context: FileContext, defaults: Defaults
) -> list[TargetField]:
    """What a line needs and neither a column, nor the file, nor a default gives."""
    found = []
    if not (
        any(texts.department)
        or any(amount.department for amount in amounts)
        or context.department
        or defaults.department
    ):
        found.append(TargetField.DEPARTMENT)
    if not (
        any(texts.fiscal_period)
        or (amounts and all(amount.period for amount in amounts))
        or context.period_code
        or defaults.fiscal_period
    ):
        found.append(TargetField.FISCAL_PERIOD)
    if not amounts:
        found.append(TargetField.BUDGETED_AMOUNT)
    return found


def _mappings(reading: SheetReading, amounts: Sequence[AmountColumn]) -> list[ColumnMapping]:
    field_of = {index: field for field, columns in reading.fields.items() for index in columns}
    own = {amount.index: amount for amount in amounts}
    return [_mapping(column, reading, field_of.get(column.index), own.get(column.index)) for column in reading.columns]


def _mapping(
    column: Column, reading: SheetReading, field: TargetField | None, amount: AmountColumn | None
) -> ColumnMapping:
    target = TargetField.BUDGETED_AMOUNT if amount else field
    if target is None:
        reason = reading.amounts.left_out.get(column.index, "no field needs it")
    else:
        chosen = next((one for one in reading.amounts.chosen if one.column.index == column.index), None)
        reason = reason_for(column, target, chosen)
    return ColumnMapping(
        source_column=column.label,
        column_index=column.index,
        target_field=target,
        confidence=0.0 if target is None else round(confidence_of(target, margin_of(reading, column, target)), 3),
        reason=reason,
        sample_values=list(column.profile.samples),
        alternatives=_alternatives(reading, column, target),
        period=amount.period if amount else None,
        label=(amount.department or amount.sub_category or None) if amount else None,
    )


def _alternatives(reading: SheetReading, column: Column, target: TargetField | None) -> list[Alternative]:
    """The next best fields, where they are not out of the question."""
    others = [
        Alternative(field, round(min(confidence_of(field, margin_of(reading, column, field)), 0.5), 3))
        for field in FIELDS
        if field is not target and reading.scores.scores[FIELDS.index(field)][column.index] > 0
    ]
    ranked = sorted(others, key=lambda other: -other.confidence)
    return [other for other in ranked[:_ALTERNATIVES] if other.confidence > _LEAST_ALTERNATIVE]
