"""Imports whose worker died, settled by what the database holds.

In: ``Database``. Out: the imports that were settled. The final state of an import commits with its lines, so one that
is still ``processing`` has loaded nothing: it is ``failed``, and may be taken up again.
"""

import os
import socket
from uuid import UUID

from budget_sync.database import Connection, Database
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import history
from budget_sync.importing.result import ImportStats


class WorkerDiedError(BudgetSyncError):
    """The process that imported the file ended in the middle; nothing was loaded."""

    code = "worker_died"


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


def _settle(connection: Connection, import_id: UUID) -> None:
    error = WorkerDiedError(
        "The process that imported this file ended before it was done. Nothing was loaded; import the file again."
    )
    history.settle_error(connection, import_id, ImportState.FAILED, error, ImportStats())


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
