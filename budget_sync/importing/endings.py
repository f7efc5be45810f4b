"""What goes with the end of an import, in the transaction that ends it: its audit entry, its event, what it teaches.

In: the transaction of the caller, in which the history has the final state.
"""

from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.audit_log import record
from budget_sync.domain.fields import ImportState
from budget_sync.importing import mapping_memory, past_imports
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportStats
from budget_sync.mapping.memory import Standing
from budget_sync.notification.outbox import emit_import


class _Audited(msgspec.Struct, frozen=True, rename="camel"):
    """What the audit log keeps of an import; the history has the rest."""

    status: ImportState
    file_name: str
    stats: ImportStats


def announce(connection: Connection, import_id: UUID) -> None:
    """Write the end into the audit log, and tell whoever wants to hear of it."""
    ended = past_imports.get_record(connection, import_id)
    details = _Audited(ended.status, ended.file_name, ended.stats)
    record(connection, "import", ended.import_id, actor=ended.user, details=details)
    emit_import(connection, ended.import_id, ended.status)


def teach(connection: Connection, import_id: UUID, options: ImportOptions) -> None:
    """What a person approved, or what went through without a bad row, is remembered for the next file."""
    if options.mappings is not None or options.confirmed:
        mapping_memory.teach(connection, import_id, Standing.APPROVED)
    elif past_imports.get_record(connection, import_id).status is ImportState.COMPLETED:
        mapping_memory.teach(connection, import_id, Standing.LOADED)
