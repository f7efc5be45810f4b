"""A row of ``import_history`` as it is read, and the record that others see.

In: the columns that ``SELECT_ONE`` and ``SELECT_NEWEST`` name. Out: ``ImportRecord``.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from budget_sync.domain.fields import ImportState
from budget_sync.importing.result import Decision, Failure, ImportRecord, ImportStats, NamedLines
from budget_sync.mapping.analysis import Analysis, ControlTotal

LISTED = """
    id, customer_id, file_name, sha256, size_bytes, source_type, source_id, remote_version, status, error_code,
    error_message, file_type, sheet, total_rows, success_rows, error_rows, created, updated, unchanged, removed,
    control_totals::text, warnings::text, user_name, run_id, received_at, finished_at, duration_ms, request::text,
    undo_of, named_lines::text, decisions::text
"""
SELECT_ONE = f"SELECT {LISTED}, analysis::text FROM import_history WHERE id = %s"  # noqa: S608  # constants above
SELECT_NEWEST = f"""
    SELECT {LISTED} FROM import_history
    WHERE %(received_at)s::timestamptz IS NULL OR (received_at, id) < (%(received_at)s, %(id)s)
    ORDER BY received_at DESC, id DESC LIMIT %(limit)s
"""  # noqa: S608  # as above

SELECT_WAITING = f"""
    SELECT {LISTED}, analysis::text FROM import_history WHERE status = 'needs_review' ORDER BY received_at, id LIMIT %s
"""  # noqa: S608  # as above


@dataclass(frozen=True, slots=True)
class HistoryPlace:
    """What orders the history: when an import came in, and its id."""

    received_at: datetime
    import_id: UUID


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The columns as they are read; lists and the analysis are JSON text."""

    id: UUID
    customer_id: UUID
    file_name: str
    sha256: str
    size_bytes: int
    source_type: str
    source_id: UUID | None
    remote_version: str | None
    status: str
    error_code: str | None
    error_message: str | None
    file_type: str | None
    sheet: str | None
    total_rows: int
    success_rows: int
    error_rows: int
    created: int
    updated: int
    unchanged: int
    removed: int
    control_totals: str
    warnings: str
    user_name: str | None
    run_id: str | None
    received_at: datetime
    finished_at: datetime | None
    duration_ms: int | None
    request: str
    undo_of: UUID | None
    named_lines: str
    decisions: str
    analysis: str | None = None

    def to_record(self) -> ImportRecord:
        """The record as others see it."""
        return ImportRecord(
            import_id=self.id,
            customer_id=self.customer_id,
            file_name=self.file_name,
            sha256=self.sha256,
            size_bytes=self.size_bytes,
            source_type=self.source_type,
            source_id=self.source_id,
            remote_version=self.remote_version,
            status=ImportState(self.status),
            error=Failure(self.error_code, self.error_message or "") if self.error_code else None,
            file_type=self.file_type,
            sheet=self.sheet,
            stats=self._stats(),
            control_totals=msgspec.json.decode(self.control_totals, type=list[ControlTotal]),
            warnings=msgspec.json.decode(self.warnings, type=list[str]),
            user=self.user_name,
            run_id=self.run_id,
            received_at=self.received_at,
            finished_at=self.finished_at,
            duration_ms=self.duration_ms,
            analysis=msgspec.json.decode(self.analysis, type=Analysis) if self.analysis else None,
            request=msgspec.json.decode(self.request),
            undo_of=self.undo_of,
            named_lines=msgspec.json.decode(self.named_lines, type=NamedLines),
            decisions=msgspec.json.decode(self.decisions, type=list[Decision]),
        )

    def _stats(self) -> ImportStats:
        return ImportStats(
            total_rows=self.total_rows,
            success_rows=self.success_rows,
            error_rows=self.error_rows,
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            removed=self.removed,
        )
