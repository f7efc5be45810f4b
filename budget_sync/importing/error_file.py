"""The error workbook of one import, made from what the database kept of it.

In: ``Database``, an import. Out: a CSV or XLSX file, written to where the caller says, and its name. The file is
understood again by the mapping that the import used, so that the same cells stand in the same columns.
"""

from pathlib import PurePath
from typing import IO
from uuid import UUID

import msgspec

from budget_sync.database import Connection, Transactions
from budget_sync.domain.errors import ConflictError
from budget_sync.domain.fields import FileFormat
from budget_sync.importing import past_imports
from budget_sync.importing.corrections import corrected
from budget_sync.importing.error_workbook import write_error_csv, write_error_workbook
from budget_sync.importing.failed_rows import failed_rows
from budget_sync.importing.file_rows import read_incoming
from budget_sync.importing.file_store import fetch_file
from budget_sync.importing.knowledge import read_knowledge
from budget_sync.importing.mapping_memory import source_key
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportRecord
from budget_sync.importing.row_errors import every_error
from budget_sync.importing.work import customer_defaults
from budget_sync.mapping import understand
from budget_sync.mapping.understanding import Understanding, UnderstandingRequest


def write_error_file(
    database: Transactions, customer_id: UUID, import_id: UUID, file_format: FileFormat, target: IO[bytes]
) -> str:
    """Write the rejected rows of the import; the name of the file, which says again what the first one's said.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: the import has no rejected rows.
    """
    with database.tenant(customer_id) as connection:
        record = past_imports.get_record(connection, import_id)
        errors = list(every_error(connection, import_id))
        if not errors or record.analysis is None:
            raise ConflictError("This import has no rejected rows, so there is nothing to correct.", code="no_errors")
        understanding = _understood(connection, record)
    failed = failed_rows(understanding, errors)
    if file_format is FileFormat.CSV:
        write_error_csv(target, failed)
    else:
        write_error_workbook(target, record.file_name, failed, errors)
    return f"{PurePath(record.file_name).stem}_errors.{file_format}"


def _understood(connection: Connection, record: ImportRecord) -> Understanding:
    options = msgspec.convert(record.request, ImportOptions)
    known = read_knowledge(connection, source_key(record.source_type, record.source_id))
    document = read_incoming(fetch_file(connection, record.sha256), record.file_name)
    document = corrected(document, options.corrections)
    analysis = record.analysis
    request = UnderstandingRequest(
        sheet=analysis.sheet if analysis else None,
        header_row=options.header_row,
        mappings=tuple(analysis.mappings) if analysis else None,
        defaults=customer_defaults(connection, options),
        words=known.words,
        decimal_sign=options.decimal_sign,
        layout=options.layout,
        overruled=frozenset(options.overruled),
    )
    return understand(document, request)
