"""Builds a small Understanding by hand: a table of lines, its columns' roles, and what holds for the whole file."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budget_sync.domain.amount_text import PLAIN_STYLE
from budget_sync.domain.fields import FileType, Layout, TargetField
from budget_sync.mapping.analysis import Analysis, ColumnMapping, FileTypeDetection
from budget_sync.mapping.understanding import AmountColumn, RowRole, RowTexts, Understanding
from budget_sync.reading.document import Grid

HEADERS = ("Department", "Category", "Period", "Amount")
FIELDS = (
    TargetField.DEPARTMENT,
    TargetField.SUB_CATEGORY,
    TargetField.FISCAL_PERIOD,
    TargetField.BUDGETED_AMOUNT,
)


def understood(
    rows: Sequence[Sequence[str]],
    *,
    kinds: list[str] | None = None,
    line_types: Sequence[str] | None = None,
    currency: str = "EUR",
    amounts: Sequence[AmountColumn] = (AmountColumn(3, PLAIN_STYLE),),
    headers: Sequence[str] = HEADERS,
    scale: int = 1,
) -> Understanding:
    """Rows of department, category, period, amount (and more amounts), under a header row."""
    numbers = list(range(1, len(rows) + 1))
    return Understanding(
        analysis=_analysis(list(headers), len(rows), scale),
        grid=Grid([list(headers), *map(list, rows)], kinds=kinds),
        roles=[RowRole.HEADER, *[RowRole.LINE] * len(rows)],
        amounts=list(amounts),
        texts=RowTexts(
            rows=numbers,
            department=[row[0] for row in rows],
            sub_category=[row[1] for row in rows],
            fiscal_period=[row[2] for row in rows],
            currency=[currency] * len(rows),
            line_type=list(line_types or [""] * len(rows)),
        ),
    )


def with_mapping(understanding: Understanding, index: int, field: TargetField | None) -> Understanding:
    """The same, with one column mapped otherwise."""
    mappings = [
        ColumnMapping(mapping.source_column, mapping.column_index, field, 1.0, "")
        if mapping.column_index == index
        else mapping
        for mapping in understanding.analysis.mappings
    ]
    analysis = understanding.analysis
    changed = _analysis(analysis.headers, analysis.total_rows, analysis.amount_scale, mappings)
    return replace(understanding, analysis=changed)


def _analysis(headers: list[str], rows: int, scale: int, mappings: list[ColumnMapping] | None = None) -> Analysis:
    mapped = [
        ColumnMapping(header, index, field, 1.0, "")
        for index, (header, field) in enumerate(zip(headers, FIELDS, strict=False))
    ]
    return Analysis(
        file_name="plan.csv",
        upload_id=None,
        sheet=None,
        sheets=[],
        encoding="utf-8",
        delimiter=",",
        header_row=0,
        layout=Layout.LONG,
        total_rows=rows,
        budget_rows=rows,
        sum_budgeted=Decimal(0),
        headers=headers,
        sample_rows=[],
        amount_scale=scale,
        mappings=mappings or mapped,
        unmapped_columns=[],
        required_fields_missing=[],
        control_totals=[],
        questions=[],
        file_type_detection=FileTypeDetection(FileType.BUDGET, 1.0, 1.0),
        can_proceed=True,
    )
