"""The understanding of one file, exactly as the contract's JSON shows it (camelCase through msgspec)."""

from decimal import Decimal
from typing import Any

import msgspec

from budget_sync.domain.fields import FileType, Layout, TargetField


class Alternative(msgspec.Struct, frozen=True, rename="camel"):
    """Another field that the column could be, with its calibrated confidence."""

    target_field: TargetField
    confidence: float


class ColumnMapping(msgspec.Struct, frozen=True, rename="camel"):
    """One source column. ``target_field`` None: left out. ``confidence`` 0.95 is right 95 times in 100.

    ``period`` is the code of the period that a wide amount column stands for. ``label`` is the text that such
    a column gives to its lines where it is not a period: a department, a category, a measure (OPEX).
    """

    source_column: str
    column_index: int
    target_field: TargetField | None
    confidence: float
    reason: str
    sample_values: list[str] = []
    alternatives: list[Alternative] = []
    period: str | None = None
    label: str | None = None


class ControlTotal(msgspec.Struct, frozen=True, rename="camel"):
    """A total row of the file itself: compared with what we computed, never loaded. ``row`` is 0-based."""

    row: int
    label: str
    stated: Decimal
    computed: Decimal | None
    agrees: bool | None


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """One possible answer to a question and what it would change, in words.

    ``value``: the period or department to ask for in the options; ``column:2`` is the third column of the file.
    """

    value: str
    label: str
    effect: str


WHICH_TABLE = "which_table"  # its answers are the rows of the headers (0-based), and ``all``


class Question(msgspec.Struct, frozen=True, rename="camel"):
    """What a person must decide. ``code`` is stable (``which_amount``, ``which_year``, ``no_department`` ...).

    ``blocking``: an unattended import waits for review until it is answered or a default settles it.
    """

    code: str
    text: str
    answers: list[Answer] = []
    field: TargetField | None = None
    blocking: bool = True


class FileTypeDetection(msgspec.Struct, frozen=True, rename="camel"):
    """What the file is taken for, with the evidence in words."""

    likely_file_type: FileType
    confidence: float
    budget_confidence: float
    warnings: list[str] = []
    evidence: list[str] = []


class RowFilter(msgspec.Struct, frozen=True, rename="camel"):
    """Only rows whose cell in this column is one of ``keep`` (folded) are budget lines: part of the mapping."""

    column_index: int
    keep: list[str]


class Analysis(msgspec.Struct, frozen=True, rename="camel"):
    """The whole of it. Row and column numbers are 0-based in the sheet or in the file's records.

    ``sum_budgeted`` is the sum over the budget lines as written, before ``amount_scale`` is applied.
    ``row_filters`` are ours: with them, the mappings and the bytes the same lines come out again.
    """

    file_name: str
    upload_id: str | None
    sheet: str | None
    sheets: list[str]
    encoding: str | None
    delimiter: str | None
    header_row: int | None
    layout: Layout
    total_rows: int
    budget_rows: int
    sum_budgeted: Decimal
    headers: list[str]
    sample_rows: list[list[str]]
    amount_scale: int
    mappings: list[ColumnMapping]
    unmapped_columns: list[str]
    required_fields_missing: list[TargetField]
    control_totals: list[ControlTotal]
    questions: list[Question]
    file_type_detection: FileTypeDetection
    can_proceed: bool
    success: bool = True
    row_filters: list[RowFilter] = []
    notes: list[str] = []

    def columns_of(self, field: TargetField) -> list[ColumnMapping]:
        """The columns mapped to a field, in the order of the file."""
        return [mapping for mapping in self.mappings if mapping.target_field is field]

    def members(self) -> dict[str, Any]:
        """As the contract's JSON has them, ready to be encoded: ``sumBudgeted`` is text, other money a Decimal."""
        members: dict[str, Any] = msgspec.to_builtins(self, builtin_types=(Decimal,))
        return members | {"sumBudgeted": format(self.sum_budgeted, "f")}
