"""The last step before the database: every line against the schema, a source row whole or not at all.

In: ``Understanding``, ``Defaults``. Out: ``ValidatedLines``.
"""

import sys
from collections.abc import Iterator

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.understanding import Understanding
from budget_sync.validation.lines import LineColumns, RowError, ValidatedLines
from budget_sync.validation.reasons import FORMULA, reason_for
from budget_sync.validation.rules import are_plainly_good
from budget_sync.validation.unchecked import Unchecked, unchecked_lines

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

    Guaranteed: the lines pass ``LINES_SCHEMA``; no row of the file is both in it and among the errors.
    """
    (whole,) = validate_parts(understanding, defaults, part_lines=sys.maxsize)
    return whole


def validate_parts(
    understanding: Understanding, defaults: Defaults, *, part_lines: int = PART_LINES
) -> Iterator[ValidatedLines]:
    """The same, part by part, for files that would not fit into memory as a whole; notes come with the last part."""
    for unchecked in unchecked_lines(understanding, defaults, part_lines):
        errors = [*_formula_errors(understanding, unchecked), *_cell_errors(understanding, unchecked)]
        lines = unchecked.lines
        if bad_rows := {error.row for error in errors}:
            lines = lines.only([row not in bad_rows for row in lines.row])
        if len(understanding.amounts) > 1:
            places = list(zip(lines.row, lines.column, strict=True))
            lines = lines.ordered(sorted(range(len(places)), key=places.__getitem__))
        yield ValidatedLines(
            lines=lines,
            errors=sorted(set(errors), key=lambda error: (error.row, error.column or "", error.code)),
            total_rows=unchecked.rows,
            notes=unchecked.notes,
        )


def _formula_errors(understanding: Understanding, unchecked: Unchecked) -> Iterator[RowError]:
    for row, column in unchecked.formulas:
        yield RowError(row, _header(understanding, column), "", FORMULA.code, FORMULA.sentence)


def _cell_errors(understanding: Understanding, unchecked: Unchecked) -> Iterator[RowError]:
    lines = unchecked.lines
    for field, place in _refused(lines):
        amount = field == "budgeted_amount"
        value = lines.raw_amount[place] if amount else lines.texts(field)[place]
        reason = reason_for(field, value, unchecked.reasons.get(place))
        header = _header(understanding, lines.column[place]) if amount else _mapped_header(understanding, field)
        yield RowError(lines.row[place], header, value, reason.code, reason.sentence)


def _refused(lines: LineColumns) -> list[tuple[str, int]]:
    """(column, place) of every cell that the schema refuses; it is asked where a rule of it refuses any."""
    if are_plainly_good(lines):
        return []
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - 0.5 s with pandas, which a file without a bad cell is spared

    from budget_sync.validation.schema import LINES_SCHEMA  # noqa: PLC0415 - as above

    try:
        LINES_SCHEMA.validate(lines.frame(), lazy=True)
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
