"""A document is understood: which sheet, which header, which column is what, which rows are lines.

In: ``Document`` and what a person already decided. Out: ``Understanding``. Pure: the same input gives the same answer.
"""

from collections.abc import Collection
from itertools import pairwise

from budget_sync.domain.amount_text import NumberStyle
from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.mapping.amount_cells import amount_cells
from budget_sync.mapping.amount_choice import ChosenAmount
from budget_sync.mapping.columns import Column
from budget_sync.mapping.context import FileContext, read_context
from budget_sync.mapping.earned_lines import with_earned_lines
from budget_sync.mapping.sheet import SheetReading, read_rows, settled
from budget_sync.mapping.sheet_choice import choose_sheet
from budget_sync.mapping.signed_names import with_signed_names
from budget_sync.mapping.summary import summarise
from budget_sync.mapping.texts import period_sections, row_texts
from budget_sync.mapping.understanding import AmountColumn, FileValue, Understanding, UnderstandingRequest
from budget_sync.mapping.wide_departments import are_kinds_of_cost, name_departments
from budget_sync.reading.document import Document
from budget_sync.reading.structure.same_rows import same_rows

_HALF = 0.5
_NOTHING_ASKED = UnderstandingRequest()


def understand(document: Document, request: UnderstandingRequest = _NOTHING_ASKED) -> Understanding:
    """The understanding of a whole file."""
    reading = choose_sheet(document, request)
    start = request.defaults.fiscal_year_start
    context = read_context(document, reading.grid, reading.header, reading.columns, request.defaults)
    context = context.without(request.overruled, request.defaults)
    styles, parsed = amount_cells(reading, request.decimal_sign)
    rows = read_rows(reading, parsed)
    reading = settled(reading, rows) if request.mappings is None else reading
    year = context.year
    start = fiscal_start(reading) or start
    sections = period_sections(rows).values()
    amounts = [
        _amount_column(one, styles[one.column.index], reading, context, start, sections)
        for one in reading.amounts.chosen
    ]
    texts = row_texts(reading.grid, rows, reading.fields, _period_columns(reading), start, year)
    columns = {one.index for one in amounts}
    texts = with_signed_names(with_earned_lines(texts, rows, parsed, columns), rows, parsed, columns)
    repeats = same_rows(reading.grid, texts.rows, texts.meanings)
    return Understanding(
        analysis=summarise(document, reading, context, rows, parsed, amounts, texts, len(repeats), request),
        grid=reading.grid,
        roles=rows.roles,
        amounts=amounts,
        texts=texts,
        department=FileValue(context.department, "title") if context.department else None,
        fiscal_period=FileValue(context.period_code, context.period_origin) if context.period_code else None,
        currency=FileValue(context.currency, context.currency_origin) if context.currency else None,
        line_type=FileValue(str(context.line_type), context.line_type_origin) if context.line_type else None,
        repeats=repeats,
        layouts=reading.amounts.ways,
    )


def fiscal_start(reading: SheetReading) -> int | None:
    """The first month of the fiscal year where the columns run from it over the turn of the year (Jul to Jun)."""
    months = [
        one.period.number
        for one in reading.amounts.chosen
        if one.period is not None and one.period.kind is PeriodKind.MONTH and one.period.year is None
    ]
    runs_on = all(right == left % MONTHS_IN_YEAR + 1 for left, right in pairwise(months))
    return months[0] if len(months) > 1 and runs_on and months[-1] < months[0] else None


def _period_columns(reading: SheetReading) -> list[Column]:
    return [reading.columns[index] for index in reading.fields.get(TargetField.FISCAL_PERIOD, ())]


def _amount_column(
    one: ChosenAmount,
    style: NumberStyle,
    reading: SheetReading,
    context: FileContext,
    start: int,
    sections: Collection[str],
) -> AmountColumn:
    lacks_department = not reading.fields.get(TargetField.DEPARTMENT) and (
        bool(reading.fields.get(TargetField.SUB_CATEGORY)) or name_departments(reading.amounts.chosen)
    )
    named_by_headers = reading.amounts.layout is Layout.WIDE_DEPARTMENTS and not are_kinds_of_cost(
        reading.amounts.chosen
    )
    to_department = named_by_headers and lacks_department
    return AmountColumn(
        index=one.column.index,
        style=style,
        period=period_code(one, reading, context, start, sections),
        part=one.period if one.period is not None and one.period.year is None else None,
        fiscal_year_start=start,
        department=one.label if to_department else "",
        sub_category="" if to_department else one.label,
        line_type=str(one.line_type) if one.line_type else "",
    )


def _rows_have_years(reading: SheetReading, sections: Collection[str]) -> bool:
    if any(column.profile.years > _HALF or _samples_have_years(column) for column in _period_columns(reading)):
        return True
    named = (parse_period(text) for text in sections)
    return any(period is not None and period.year is not None for period in named)


def _samples_have_years(column: Column) -> bool:
    """``FY2025`` or ``2024/25``, not the bare figures of a year alone."""
    periods = [parse_period(sample) for sample in column.profile.samples]
    return column.profile.periods > _HALF and any(period is not None and period.year is not None for period in periods)


def period_code(
    one: ChosenAmount, reading: SheetReading, context: FileContext, start: int, sections: Collection[str] = ()
) -> str | None:
    """The stored period of an amount column: its header's, completed by the file's year; None where rows say it.

    ``sections``: the texts of the section rows that name a period.
    """
    if one.code:
        return one.code
    if one.period is not None:
        year = None if _rows_have_years(reading, sections) else context.year
        period = one.period.to_period(start, year)
        if period is not None:
            return str(period)
    if sections or reading.fields.get(TargetField.FISCAL_PERIOD):
        return None
    return context.period_code or None
