"""What a person decides of an import: load what waits, turn it down, take back what was loaded.

In: an import of the history and who decides. Out: the import that comes of it. Each decision is one transaction with
its entry in the audit log; a confirmed import is then walked as any other.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from budget_sync.database import Connection, Transactions
from budget_sync.database.audit_log import record as record_audit
from budget_sync.domain.errors import ConflictError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import history, mapping_memory, past_imports
from budget_sync.importing.digests import request_digest
from budget_sync.importing.knowledge import knowledge_digest
from budget_sync.importing.loaded import named_lines, undo_warnings
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import Decision, ImportRecord, ImportStats
from budget_sync.importing.work import customer_defaults
from budget_sync.loading import lock_customer, undo
from budget_sync.notification.outbox import emit_cuts, emit_import

_WAITS = frozenset({ImportState.NEEDS_REVIEW, ImportState.REJECTED})
_SAID_BY_ALL = frozenset({"confirmed", "accept_file_type"})
_LOADED = frozenset({ImportState.COMPLETED, ImportState.COMPLETED_WITH_ERRORS})


class _Confirmed(msgspec.Struct, frozen=True):
    was: ImportState
    request: ImportOptions


class _Declined(msgspec.Struct, frozen=True):
    reason: str


class _TakenBack(msgspec.Struct, frozen=True, rename={"by": "as"}):
    by: UUID
    stats: ImportStats


def confirm(
    database: Transactions, customer_id: UUID, import_id: UUID, options: ImportOptions, user: str | None
) -> None:
    """Ask for the import as a person decided; walking it is the caller's next step.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: it does not wait for anybody.
    """
    with database.tenant(customer_id) as connection:
        record = _record_in(connection, import_id, _WAITS, "confirmed")
        digest = request_digest(options, customer_defaults(connection, options), knowledge_digest(connection))
        decision = _decision("confirmed", record, user, answers=_answers(options))
        history.confirm(connection, import_id, options, digest, decision)
        record_audit(connection, "confirm", import_id, actor=user, details=_Confirmed(record.status, options))


def decline(database: Transactions, customer_id: UUID, import_id: UUID, reason: str, user: str | None) -> None:
    """Turn down what waits, with a reason.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: it does not wait for anybody.
    """
    with database.tenant(customer_id) as connection:
        record = _record_in(connection, import_id, _WAITS, "declined")
        history.decline(connection, import_id, _decision("declined", record, user, reason=reason))
        record_audit(connection, "decline", import_id, actor=user, details=_Declined(reason))


def take_back(database: Transactions, customer_id: UUID, import_id: UUID, user: str | None) -> UUID:
    """Undo an import, as an import of its own; its id. Undoing an undo makes the first import stand again.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: it has loaded nothing, or was taken back already.
    """
    with database.tenant(customer_id) as connection:
        lock_customer(connection, customer_id)
        undone = _record_in(connection, import_id, _LOADED, "taken back")
        undo_id = history.begin_undo(connection, undone, user)
        outcome = undo(connection, customer_id=customer_id, undone=import_id, import_id=undo_id, user=user)
        stats = ImportStats(created=outcome.restored, updated=outcome.set_back, removed=outcome.removed)
        named = named_lines(outcome)
        history.settle(connection, undo_id, ImportState.COMPLETED, stats, undo_warnings(outcome), named)
        history.mark(connection, import_id, ImportState.UNDONE)
        mapping_memory.forget(connection, import_id)
        if undone.undo_of is not None:
            history.mark(connection, undone.undo_of, _state_again(connection, undone.undo_of))
        record_audit(connection, "undo", import_id, actor=user, details=_TakenBack(undo_id, stats))
        emit_import(connection, import_id, ImportState.UNDONE)
        emit_cuts(connection, undo_id)
    return undo_id


def _decision(
    decision: str,
    record: ImportRecord,
    user: str | None,
    *,
    answers: dict[str, Any] | None = None,
    reason: str | None = None,
) -> Decision:
    questions = record.analysis.questions if record.analysis else []
    return Decision(decision, record.status, user, datetime.now(UTC), questions, answers or {}, reason)


def _answers(options: ImportOptions) -> dict[str, Any]:
    """What was decided beyond the usual, without what every confirmation says."""
    usual = ImportOptions()
    return {
        option.encode_name: msgspec.to_builtins(getattr(options, option.name))
        for option in msgspec.structs.fields(ImportOptions)
        if option.name not in _SAID_BY_ALL and getattr(options, option.name) != getattr(usual, option.name)
    }


def _record_in(connection: Connection, import_id: UUID, states: frozenset[ImportState], verb: str) -> ImportRecord:
    record = past_imports.get_record(connection, import_id, lock=True)
    if record.status not in states:
        raise ConflictError(f"This import is {record.status}; it cannot be {verb}.", status=record.status)
    return record


def _state_again(connection: Connection, import_id: UUID) -> ImportState:
    record = past_imports.get_record(connection, import_id)
    return ImportState.COMPLETED_WITH_ERRORS if record.stats.error_rows else ImportState.COMPLETED
