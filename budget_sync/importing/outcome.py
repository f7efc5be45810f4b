"""The answer of an import, made from its row of the history.

In: ``ImportRecord``. Out: ``ImportResult``, the same now and in a year.
"""

from budget_sync.database import Connection
from budget_sync.domain.fields import ImportState
from budget_sync.importing.result import FIRST_ERRORS, ImportRecord, ImportResult, imported_lines
from budget_sync.validation.lines import RowError

_GOOD_ENDS = frozenset({ImportState.UNDONE, ImportState.DECLINED})


def to_result(connection: Connection, record: ImportRecord) -> ImportResult:
    """The result with the first of its row errors."""
    errors = connection.execute(
        'SELECT "row", column_name, value, code, reason FROM import_row_error WHERE import_id = %s'
        " ORDER BY position LIMIT %s",
        (record.import_id, FIRST_ERRORS),
    ).fetchall()
    return ImportResult(
        import_id=record.import_id,
        customer_id=record.customer_id,
        file_name=record.file_name,
        status=record.status,
        success=record.status.loads or record.status in _GOOD_ENDS,
        imported=imported_lines(record.stats),
        stats=record.stats,
        errors=[RowError(*row) for row in errors],
        control_totals=record.control_totals,
        warnings=record.warnings,
        questions=record.analysis.questions if record.analysis else [],
        named_lines=record.named_lines,
        error=record.error,
        file_type=record.file_type,
        duration_ms=record.duration_ms or 0,
    )
