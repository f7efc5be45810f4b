"""Reservations past their time give back what they hold, a moment later, by whichever worker comes first.

The look-up across customers returns ids alone; the work runs with each tenant set, and skips what another worker locks.
Answers kept for an Idempotency-Key go, too, when they are two days old.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import psycopg
import structlog

from api.background import every, note_error
from api.connections import Connections
from budget_sync.approval.reservations import expire_reservation
from budget_sync.domain.errors import DatabaseUnavailableError

_SECONDS = 15.0
_AT_ONCE = 200
_KEYS_AT_ONCE = 20_000  # more than a worker makes in the meantime
_log = structlog.get_logger(__name__)


@asynccontextmanager
async def expiring(connections: Connections) -> AsyncIterator[None]:
    """Look every quarter of a minute, for the time of the block."""
    async with every(_SECONDS, "expiry", partial(_sweep, connections)):
        yield


async def expire_due(connections: Connections) -> int:
    """Expire what is due now; how many there were."""
    async with connections.lend() as connection:
        cursor = await connection.execute("SELECT * FROM expired_reservations(%s)", (_AT_ONCE,))
        due = await cursor.fetchall()
    expired = 0
    for customer_id, reservation_id in due:
        try:
            async with connections.tenant(customer_id) as connection:
                expired += await expire_reservation(connection, customer_id, reservation_id)
        except (psycopg.OperationalError, DatabaseUnavailableError):
            raise
        except Exception as error:  # noqa: BLE001 - one that cannot expire keeps no other from it
            note_error("expiry", error)
    return expired


async def forget_keys(connections: Connections) -> int:
    """Forget idempotency keys that are two days old; how many there were."""
    async with connections.lend() as connection:
        row = await (await connection.execute("SELECT forget_idempotency_keys(%s)", (_KEYS_AT_ONCE,))).fetchone()
    return int(row[0]) if row else 0


async def _sweep(connections: Connections) -> None:
    try:
        await expire_due(connections)
        await forget_keys(connections)
    except (psycopg.OperationalError, DatabaseUnavailableError) as error:
        _log.warning("expiry waits for the database", error=type(error).__name__)
