"""Uploads and imports as they stand on the wire, and what they become for the engine."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar.datastructures import UploadFile

from api.excel.cells import cell_texts
from api.patterns import CURRENCY, ENCODING, SHA256
from budget_sync.approval.request import request_name
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import LONGEST_NAME, fold_name
from budget_sync.domain.periods import FiscalPeriod
from budget_sync.importing.options import Duplicates, ImportMode, ImportOptions, ReplaceScope
from budget_sync.mapping.analysis import Alternative, ColumnMapping

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Column = Annotated[int, msgspec.Meta(ge=0, lt=16_384)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class AnalyzeForm(msgspec.Struct, forbid_unknown_fields=True):
    """The multipart form of an upload."""

    file: UploadFile
    customerId: UUID | None = None  # noqa: N815 - the form's own spelling
    userId: Name | None = None  # noqa: N815 - as above
    sheet: Name | None = None

    def checked_sheet(self) -> str | None:
        """The sheet's name.

        Raises:
            InvalidRequestError: it holds a control character.
        """
        return request_name(self.sheet, "sheet") if self.sheet else None

    def checked_user(self, otherwise: str) -> str:
        """The name for history and audit.

        Raises:
            InvalidRequestError: it holds a control character.
        """
        return request_name(self.userId, "userId") if self.userId else otherwise


class MappingChoice(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """One column as a person approved it; the other members of the analysis' mapping may come back with it.

    ``column_index`` (0-based) wins over ``source_column``; one of them must be there.
    """

    target_field: TargetField | None
    source_column: str | None = None
    column_index: _Column | None = None
    period: str | None = None
    label: str | None = None
    confidence: float = 1.0
    reason: str = ""
    sample_values: list[str] = []
    alternatives: list[Alternative] = []

    def to_mapping(self, headers: list[str]) -> ColumnMapping:
        """The mapping of one column of the file with these headers.

        Raises:
            InvalidRequestError: the column is not there, or its name is there twice.
        """
        index = self.column_index if self.column_index is not None else self._index_in(headers)
        if index >= len(headers):
            raise InvalidRequestError(f"There is no column {index}: the table has {len(headers)}.", field="mappings")
        return ColumnMapping(
            source_column=headers[index],
            column_index=index,
            target_field=self.target_field,
            confidence=1.0,
            reason="Approved by a person.",
            period=str(FiscalPeriod.from_code(self.period)) if self.period else None,
            label=request_name(self.label, "label") if self.label else None,
        )

    def _index_in(self, headers: list[str]) -> int:
        wanted = fold_name(self.source_column)
        found = [index for index, header in enumerate(headers) if fold_name(header) == wanted]
        if len(found) != 1 or not wanted:
            count = "no column" if not found else f"{len(found)} columns"
            raise InvalidRequestError(
                f"There is {count} named {(self.source_column or '')[:80]!r}. Give its columnIndex, from 0.",
                field="mappings",
            )
        return found[0]


class ImportChoices(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The options of an import; ``max_error_rate`` is a share from 0 to 1.

    ``dry_run``: everything is done and taken back; the answer's ``diff`` says what would have changed.
    ``totals_must_agree``: a total of the file that its rows do not add up to is an error. ``encoding``: of a text file,
    where its bytes were taken for another; remembered for the next files.
    """

    mode: ImportMode = ImportMode.UPSERT
    replace_scope: ReplaceScope = ReplaceScope.FILE
    strict: bool = False
    max_error_rate: _Share = 0.1
    duplicates: Duplicates | None = None
    department: Name | None = None
    fiscal_period: str | None = None
    currency: Annotated[str, msgspec.Meta(pattern=CURRENCY)] | None = None
    accept_file_type: bool = False
    sheet: Name | None = None
    header_row: Annotated[int, msgspec.Meta(ge=0, lt=1_048_576)] | None = None
    totals_must_agree: bool = False
    dry_run: bool = False
    encoding: Annotated[str, msgspec.Meta(pattern=ENCODING)] | None = None

    def to_options(self, mappings: list[ColumnMapping] | None) -> ImportOptions:
        """The options for the engine.

        Raises:
            InvalidRequestError: a name or a period is none.
        """
        return ImportOptions(
            mode=self.mode,
            replace_scope=self.replace_scope,
            strict=self.strict,
            max_error_rate=self.max_error_rate,
            duplicates=self.duplicates,
            department=request_name(self.department, "department") if self.department else None,
            fiscal_period=str(FiscalPeriod.from_code(self.fiscal_period)) if self.fiscal_period else None,
            currency=self.currency,
            accept_file_type=self.accept_file_type,
            sheet=request_name(self.sheet, "sheet") if self.sheet else None,
            header_row=self.header_row,
            mappings=mappings,
            totals_must_agree=self.totals_must_agree,
            dry_run=self.dry_run,
            encoding=self.encoding,
        )


class ImportRequest(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Either ``rows`` (the first holds the headers unless ``headers`` is given), or the ``upload_id`` of an analysis.

    A cell is text, a number (taken digit by digit), true, false or null. ``mappings`` absent: as the analysis finds.
    """

    customer_id: UUID | None = None
    user_id: Name | None = None
    file_name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)] | None = None
    upload_id: Annotated[str, msgspec.Meta(pattern=SHA256)] | None = None
    headers: list[str] | None = None
    rows: list[list[Any]] | None = None
    mappings: list[MappingChoice] | None = None
    options: ImportChoices = ImportChoices()

    def checked_user(self, otherwise: str) -> str:
        """The name for history and audit.

        Raises:
            InvalidRequestError: it holds a control character.
        """
        return request_name(self.user_id, "userId") if self.user_id else otherwise

    def texts(self) -> list[list[str]] | None:
        """The rows as text, headers first; None where a file was uploaded before.

        Raises:
            InvalidRequestError: neither form, both, or a cell that is no value.
        """
        if (self.rows is None) == (self.upload_id is None):
            raise InvalidRequestError("Send either rows, or the uploadId of an analysis.", field="rows")
        if self.rows is None:
            return None
        rows = [*([self.headers] if self.headers is not None else []), *self.rows]
        if not rows:
            raise InvalidRequestError("rows is empty: there is nothing to import.", field="rows")
        return [cell_texts(row, position) for position, row in enumerate(rows)]
