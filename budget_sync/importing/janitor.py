"""What is put in order a moment later: imports whose worker died, old files, and the chain over the audit log.

In: ``Database``. Out: the imports that were settled; how many files were dropped, how many entries chained. The final
state of an import commits with its lines, so one that is still ``processing`` has loaded nothing: it is ``failed``,
and may be taken up again.
"""

import os
import socket
from datetime import timedelta
from uuid import UUID

from budget_sync.database import Connection, Database
from budget_sync.domain.errors import WorkerDiedError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import audit_seals, history
from budget_sync.importing.file_store import drop_old_files
from budget_sync.importing.result import ImportStats
from budget_sync.notification.outbox import emit_import


def settle_abandoned(database: Database) -> list[UUID]:
    """Settle imports of dead workers: those of this host at once, others when their lease is over."""
    with database.system() as connection:
        rows = connection.execute("SELECT * FROM abandoned_imports(%s)", (socket.gethostname(),)).fetchall()
    settled = []
    for customer_id, import_id, worker, expired in rows:
        if expired or not _lives(worker):
            with database.tenant(customer_id) as connection:
                _settle(connection, import_id)
            settled.append(import_id)
    return settled


def seal_audit_logs(database: Database) -> int:
    """Chain what was written to the audit logs of all customers since the last time; how many rows."""
    with database.system() as connection:
        customers = [row[0] for row in connection.execute("SELECT customer_id FROM unsealed_logs()").fetchall()]
    sealed = 0
    for customer_id in customers:
        with database.tenant(customer_id) as connection:
            sealed += audit_seals.seal(connection)
    return sealed


def drop_files(database: Database, *, older_than: timedelta, most_a_customer: int) -> int:
    """Drop the bytes of all customers' files whose every import began so long ago; how many files."""
    dropped = 0
    for customer_id in database.customer_ids():
        with database.tenant(customer_id) as connection:
            dropped += drop_old_files(connection, older_than=older_than, at_most=most_a_customer)
    return dropped


def _settle(connection: Connection, import_id: UUID) -> None:
    error = WorkerDiedError(
        "The process that imported this file ended before it was done. Nothing was loaded; import the file again."
    )
    history.settle_error(connection, import_id, ImportState.FAILED, error, ImportStats())
    emit_import(connection, import_id, ImportState.FAILED)


def _lives(worker: str) -> bool:
    """Whether the process of this host still runs; a number taken by another program waits for its lease."""
    number = worker.rpartition(":")[2]
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
