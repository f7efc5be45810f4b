"""The analysis that people and programs see, put together from what was understood.

In: the reading of the sheet, its rows, amounts and texts. Out: ``Analysis``.
"""

from collections.abc import Sequence
from dataclasses import replace

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.mapping.analysis import Alternative, Analysis, ColumnMapping, RowFilter
from budget_sync.mapping.columns import Column, profiles_of_lines
from budget_sync.mapping.confidence import confidence_of
from budget_sync.mapping.context import FileContext
from budget_sync.mapping.control import control_totals, sum_of
from budget_sync.mapping.customer_words import CustomerWords
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.file_type import detect_file_type
from budget_sync.mapping.lines_without_version import notes_on_lines_without_version
from budget_sync.mapping.margins import margin_of
from budget_sync.mapping.other_tables import notes_on_other_tables
from budget_sync.mapping.questions import questions
from budget_sync.mapping.reasons import reason_for
from budget_sync.mapping.score import FIELDS
from budget_sync.mapping.sheet import SheetReading
from budget_sync.mapping.understanding import AmountColumn, RowTexts, UnderstandingRequest
from budget_sync.mapping.unsure_columns import unsure_questions
from budget_sync.mapping.values import ColumnProfile
from budget_sync.reading.document import Document
from budget_sync.reading.structure.rows import AmountCells, Rows

_SAMPLE_ROWS = 5
_ALTERNATIVES = 2
_LEAST_ALTERNATIVE = 0.05
_NAMED_CURRENCIES = 5
_RIVALLED = 0.6  # most that an amount column shows while a person is asked which of several it is


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
    lines = texts.rows
    mappings = _mappings(reading, amounts, lines if len(lines) < len(rows.roles) - reading.header.body else ())
    detection = detect_file_type(evidence_of(document, reading, context, rows, request.words))
    asked = questions(reading, context, rows, parsed, amounts, texts, repeats, detection, defaults)
    if request.mappings is None:
        asked = [*unsure_questions(reading.columns, mappings), *asked]
    missing = _missing(reading, amounts, texts, context, defaults)
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
            *_currency_notes(reading, context, texts, defaults),
            *notes_on_other_tables(reading),
            *notes_on_lines_without_version(reading, rows),
        ],
    )


def _currency_notes(reading: SheetReading, context: FileContext, texts: RowTexts, defaults: Defaults) -> list[str]:
    several = sorted(set(texts.currency) - {""})
    if len(several) > 1:
        named = ", ".join(several[:_NAMED_CURRENCIES]) + (", ..." if len(several) > _NAMED_CURRENCIES else "")
        return [f"The lines are in several currencies ({named}); the sum of the file adds their figures as they stand."]
    if context.currency or reading.fields.get(TargetField.CURRENCY) or not defaults.currency:
        return []
    return [f"The file names no currency; {defaults.currency} is taken, as the import or the customer says."]


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
        totals=len(rows.totals),
        sections=len(rows.sections),
        words=words,
    )


def _missing(
    reading: SheetReading, amounts: Sequence[AmountColumn], texts: RowTexts, context: FileContext, defaults: Defaults
) -> list[TargetField]:
    """What a line needs and neither a column, nor the file, nor a default gives.

    Without amounts no row is a line yet: what the columns are taken for decides, not what stands in the lines.
    """
    mapped = {field for field, columns in reading.fields.items() if columns} if not amounts else set()
    found = []
    if not (
        any(texts.department)
        or TargetField.DEPARTMENT in mapped
        or any(amount.department for amount in amounts)
        or context.department
        or defaults.department
    ):
        found.append(TargetField.DEPARTMENT)
    if not (
        any(texts.fiscal_period)
        or TargetField.FISCAL_PERIOD in mapped
        or (amounts and all(amount.period for amount in amounts))
        or context.period_code
        or defaults.fiscal_period
    ):
        found.append(TargetField.FISCAL_PERIOD)
    if not amounts:
        found.append(TargetField.BUDGETED_AMOUNT)
    return found


def _mappings(reading: SheetReading, amounts: Sequence[AmountColumn], lines: Sequence[int]) -> list[ColumnMapping]:
    """What each column was taken for; ``lines``: where they are not all the rows of the table."""
    field_of = {index: field for field, columns in reading.fields.items() for index in columns}
    own = {amount.index: amount for amount in amounts}
    profiles = [column.profile for column in reading.columns]
    if lines:
        profiles = profiles_of_lines(reading.grid, reading.header, lines)
    return [
        _mapping(column, profile, reading, field_of.get(column.index), own.get(column.index))
        for column, profile in zip(reading.columns, profiles, strict=True)
    ]


def _mapping(
    column: Column,
    profile: ColumnProfile,
    reading: SheetReading,
    field: TargetField | None,
    amount: AmountColumn | None,
) -> ColumnMapping:
    target = TargetField.BUDGETED_AMOUNT if amount else field
    if target is None:
        reason = reading.amounts.left_out.get(column.index, "no field needs it")
    else:
        chosen = next((one for one in reading.amounts.chosen if one.column.index == column.index), None)
        reason = reason_for(replace(column, profile=profile), target, chosen)
    return ColumnMapping(
        source_column=column.label,
        column_index=column.index,
        target_field=target,
        confidence=_confidence(reading, column, target),
        reason=reason,
        sample_values=list(profile.samples),
        alternatives=_alternatives(reading, column, target),
        period=amount.period if amount else None,
        label=(amount.department or amount.sub_category or None) if amount else None,
    )


def _confidence(reading: SheetReading, column: Column, target: TargetField | None) -> float:
    if target is None:
        return 0.0
    confidence = confidence_of(target, margin_of(reading, column, target))
    if target is TargetField.BUDGETED_AMOUNT and reading.amounts.rivals:
        confidence = min(confidence, _RIVALLED)
    return round(confidence, 3)


def _alternatives(reading: SheetReading, column: Column, target: TargetField | None) -> list[Alternative]:
    """The next best fields, where they are not out of the question."""
    others = [
        Alternative(field, round(min(confidence_of(field, margin_of(reading, column, field)), 0.5), 3))
        for field in FIELDS
        if field is not target and reading.scores.scores[FIELDS.index(field)][column.index] > 0
    ]
    ranked = sorted(others, key=lambda other: -other.confidence)
    return [other for other in ranked[:_ALTERNATIVES] if other.confidence > _LEAST_ALTERNATIVE]
