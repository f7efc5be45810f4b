"""What the worker's threads do with the history: plain calls of the engine, blocking, with values in and out."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from api.imports.schemas import ChangesPage, ConfirmBody, DecisionBody, DeclineBody, ErrorsPage
from budget_sync.database import Database
from budget_sync.importing.engine import Engine
from budget_sync.importing.result import ImportRecord, ImportResult
from budget_sync.importing.row_errors import read_error_page


def read_import(engine: Engine, customer_id: UUID, import_id: UUID) -> dict[str, Any]:
    """One row of the history with its analysis, as the contract's JSON has it.

    Raises:
        NotFoundError: the customer has no such import.
    """
    return _with_analysis(engine.get(customer_id, import_id))


def read_waiting(engine: Engine, customer_id: UUID, limit: int) -> dict[str, Any]:
    """What waits for a person, the oldest first, as ``WaitingPage`` has it."""
    records = [_with_analysis(record) for record in engine.waiting(customer_id, limit)]
    return {"imports": records, "count": len(records), "success": True}


def _with_analysis(record: ImportRecord) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(Decimal,))
    return content | {"analysis": record.analysis.members() if record.analysis else None}


def read_errors(
    engine: Engine, database: Database, customer_id: UUID, import_id: UUID, after: int, limit: int
) -> ErrorsPage:
    """A page of the import's bad cells.

    Raises:
        NotFoundError: the customer has no such import.
    """
    engine.get(customer_id, import_id)
    with database.tenant(customer_id) as connection:
        page = read_error_page(connection, import_id, after, limit)
    return ErrorsPage(import_id, page.errors, len(page.errors), page.following)


def read_changes(engine: Engine, customer_id: UUID, import_id: UUID, limit: int) -> ChangesPage:
    """What the import changed.

    Raises:
        NotFoundError: the customer has no such import.
    """
    stats = engine.get(customer_id, import_id).stats
    diff = engine.changes(customer_id, import_id, limit)
    return ChangesPage(import_id, stats, diff.changes, diff.totals, len(diff.changes))


def confirm_import(engine: Engine, customer_id: UUID, import_id: UUID, body: ConfirmBody, key_id: str) -> ImportResult:
    """Load what waits as a person decided; whatever its fate, the result says it.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: it does not wait for anybody.
        InvalidRequestError: the answer does not fit the file.
    """
    options = body.to_options(engine.get(customer_id, import_id))
    return engine.confirm(customer_id, import_id, options, user=body.checked_user(key_id))


def decline_import(engine: Engine, customer_id: UUID, import_id: UUID, body: DeclineBody, key_id: str) -> ImportResult:
    """Turn down what waits.

    Raises:
        NotFoundError, ConflictError: as ``confirm_import``.
    """
    return engine.decline(customer_id, import_id, body.checked_reason(), user=body.checked_user(key_id))


def undo_import(engine: Engine, customer_id: UUID, import_id: UUID, body: DecisionBody, key_id: str) -> ImportResult:
    """Take an import back; the result is that of the undo.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: it has loaded nothing, or was taken back already.
    """
    return engine.undo(customer_id, import_id, user=body.checked_user(key_id))
