"""Everything that is known of one import, for its page.

In: an import of the customer. Out: ``Story``.
"""

from dataclasses import dataclass
from uuid import UUID

from budget_sync.database import Connection, Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing.audit_list import AuditFilter, AuditRow, list_audit
from budget_sync.importing.engine import Engine
from budget_sync.importing.key_records import key_labels
from budget_sync.importing.result import ImportRecord
from budget_sync.importing.row_errors import read_error_page
from budget_sync.loading import LoadDiff
from budget_sync.validation.lines import RowError

_SHOWN_CHANGES = 1_000
_SHOWN_ERRORS = 100
_SHOWN_ENTRIES = 100
_SOURCE = "SELECT name FROM budget_data_source_config WHERE id = %s"
_UNDONE_BY = "SELECT id FROM import_history WHERE undo_of = %s ORDER BY received_at DESC LIMIT 1"
_WAITS = frozenset({ImportState.NEEDS_REVIEW, ImportState.REJECTED})
_LOADED = frozenset({ImportState.COMPLETED, ImportState.COMPLETED_WITH_ERRORS})


@dataclass(frozen=True, slots=True)
class Story:
    """``source_name``: of the configured source, '' for none. ``undone_by``: the import that took this one back.

    ``people``: the labels of the keys that did something, by their id.
    """

    record: ImportRecord
    diff: LoadDiff
    errors: list[RowError]
    entries: list[AuditRow]
    people: dict[str, str]
    source_name: str
    undone_by: UUID | None

    @property
    def waits(self) -> bool:
        """Whether a person is to decide about it."""
        return self.record.status in _WAITS

    @property
    def can_be_undone(self) -> bool:
        """Whether it may be taken back."""
        return self.record.status in _LOADED

    @property
    def changed(self) -> int:
        """How many lines it changed."""
        stats = self.record.stats
        return stats.created + stats.updated + stats.removed


def read_story(engine: Engine, database: Database, customer_id: UUID, import_id: UUID) -> Story:
    """All of it.

    Raises:
        NotFoundError: the customer has no such import.
    """
    record = engine.get(customer_id, import_id)
    diff = engine.changes(customer_id, import_id, _SHOWN_CHANGES)
    with database.tenant(customer_id) as connection:
        entries = list_audit(connection, AuditFilter(subject=import_id), _SHOWN_ENTRIES)[::-1]
        return Story(
            record=record,
            diff=diff,
            errors=read_error_page(connection, import_id, 0, _SHOWN_ERRORS).errors,
            entries=entries,
            people=key_labels(connection, {record.user or "", *(entry.actor for entry in entries)}),
            source_name=_text(connection, _SOURCE, record.source_id),
            undone_by=_undone_by(connection, record),
        )


def _text(connection: Connection, statement: str, key: UUID | None) -> str:
    row = connection.execute(statement, (key,)).fetchone() if key else None
    return str(row[0]) if row else ""


def _undone_by(connection: Connection, record: ImportRecord) -> UUID | None:
    if record.status is not ImportState.UNDONE:
        return None
    row = connection.execute(_UNDONE_BY, (record.import_id,)).fetchone()
    return row[0] if row else None
