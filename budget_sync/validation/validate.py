"""The last step before the database: every line against the schema, a source row whole or not at all.

In: ``Understanding``, ``Defaults``. Out: ``ValidatedLines``.
"""

import sys
from collections.abc import Iterator

import pandas as pd
from pandera.errors import SchemaErrors

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.understanding import Understanding
from budget_sync.validation.frame import Unchecked, lines_frames
from budget_sync.validation.lines import RowError, ValidatedLines
from budget_sync.validation.reasons import FORMULA, reason_for
from budget_sync.validation.schema import LINES_SCHEMA

PART_LINES = 50_000  # amounts that are checked together
_FIELD_OF = {
    "department": TargetField.DEPARTMENT,
    "sub_category": TargetField.SUB_CATEGORY,
    "fiscal_period": TargetField.FISCAL_PERIOD,
    "currency": TargetField.CURRENCY,
    "line_type": TargetField.LINE_TYPE,
}


def validate(understanding: Understanding, defaults: Defaults) -> ValidatedLines:
    """The budget lines of a file, and every bad cell of the rows that were kept back.

    Guaranteed: the frame passes ``LINES_SCHEMA``; no row of the file is both in it and among the errors.
    """
    (whole,) = validate_parts(understanding, defaults, part_lines=sys.maxsize)
    return whole


def validate_parts(
    understanding: Understanding, defaults: Defaults, *, part_lines: int = PART_LINES
) -> Iterator[ValidatedLines]:
    """The same, part by part, for files that would not fit into memory as one frame; notes come with the last part."""
    for unchecked in lines_frames(understanding, defaults, part_lines):
        errors = [*_formula_errors(understanding, unchecked), *_cell_errors(understanding, unchecked)]
        bad_rows = {error.row for error in errors}
        frame = unchecked.frame
        if bad_rows:
            frame = frame[~frame["row"].isin(bad_rows)]
        if len(understanding.amounts) > 1:
            frame = frame.sort_values(["row", "column"], kind="stable")
        yield ValidatedLines(
            frame=frame.reset_index(drop=True),
            errors=sorted(set(errors), key=lambda error: (error.row, error.column or "", error.code)),
            total_rows=unchecked.rows,
            notes=unchecked.notes,
        )


def _formula_errors(understanding: Understanding, unchecked: Unchecked) -> Iterator[RowError]:
    for row, column in unchecked.formulas:
        yield RowError(row, _header(understanding, column), "", FORMULA.code, FORMULA.sentence)


def _cell_errors(understanding: Understanding, unchecked: Unchecked) -> Iterator[RowError]:
    frame = unchecked.frame
    refused = _refused(frame)
    cells = frame.loc[sorted({index for _, index in refused})].to_dict("index")
    for field, index in refused:
        cell = cells[index]
        amount = field == "budgeted_amount"
        value = cell["raw_amount"] if amount else cell[field]
        reason = reason_for(field, value, unchecked.reasons.get(index))
        header = _header(understanding, cell["column"]) if amount else _mapped_header(understanding, field)
        yield RowError(cell["row"], header, value, reason.code, reason.sentence)


def _refused(frame: pd.DataFrame) -> list[tuple[str, int]]:
    """(column of the frame, index) of every cell that the schema refuses."""
    try:
        LINES_SCHEMA.validate(frame, lazy=True)
    except SchemaErrors as refused:
        cases = refused.failure_cases
        return list(zip(cases["column"].tolist(), cases["index"].astype(int).tolist(), strict=True))
    return []


def _header(understanding: Understanding, column: int) -> str:
    headers = understanding.analysis.headers
    name = headers[column].strip() if column < len(headers) else ""
    return name or f"column {column + 1}"


def _mapped_header(understanding: Understanding, field: str) -> str | None:
    mapped = understanding.analysis.columns_of(_FIELD_OF[field])
    return _header(understanding, mapped[0].column_index) if mapped else None
