"""What the worker's threads do with uploads: plain calls of the engine, blocking, with values in and out."""

from typing import Any
from uuid import UUID

import msgspec

from api.excel.file_names import shown_file_name
from api.excel.schemas import ImportRequest
from budget_sync.importing.engine import Engine
from budget_sync.importing.options import ImportOptions, IncomingFile
from budget_sync.importing.result import ImportResult
from budget_sync.mapping.analysis import ColumnMapping


def analyze_upload(
    engine: Engine, customer_id: UUID, file_name: str, content: bytes, sheet: str | None
) -> dict[str, Any]:
    """The analysis as the contract's JSON has it: ``sumBudgeted`` is a decimal string, other money a number.

    Raises:
        UnreadableFileError: the bytes are no table.
    """
    return engine.analyze(customer_id, file_name, content, ImportOptions(sheet=sheet)).members()


def import_file(
    engine: Engine, customer_id: UUID, file_name: str, content: bytes, sheet: str | None, user: str | None
) -> ImportResult:
    """Analyse and import in one go; where something is not certain, the import waits with its questions."""
    return engine.run(customer_id, IncomingFile(file_name, content, user=user), ImportOptions(sheet=sheet))


def import_table(engine: Engine, customer_id: UUID, request: ImportRequest, key_id: str) -> ImportResult:
    """Import rows that came as JSON, or a file that was analysed before; whatever its fate, the result says it.

    Raises:
        InvalidRequestError: a mapping names no column, or the rows are none.
        NotFoundError: the customer never sent that upload.
    """
    texts, user = request.texts(), request.checked_user(key_id)
    if texts is not None:
        options = request.options.to_options(_mappings(request, texts[0]))
        return engine.import_rows(customer_id, shown_file_name(request.file_name), texts, options, user=user)
    name = shown_file_name(request.file_name) if request.file_name else None  # None: as it was analysed
    upload_id = request.upload_id or ""
    options = request.options.to_options(None)
    if request.mappings is not None:
        headers = engine.analyze_upload(customer_id, upload_id, name, options).headers
        options = msgspec.structs.replace(options, mappings=_mappings(request, headers))
    return engine.import_upload(customer_id, upload_id, name, options, user=user)


def _mappings(request: ImportRequest, headers: list[str]) -> list[ColumnMapping] | None:
    if request.mappings is None:
        return None
    return [choice.to_mapping(headers) for choice in request.mappings]
