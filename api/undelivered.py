"""How much waits for Dagster's daemon, which alone delivers webhooks and alerts, as a metric.

In: the connections of a worker. Out: ``budget_sync_undelivered``; it grows for as long as the daemon is down.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import psycopg
import structlog

from api.background import every
from api.connections import Connections
from api.metrics import UNDELIVERED
from budget_sync.domain.errors import DatabaseUnavailableError

_SECONDS = 15.0
_MOST_COUNTED = 10_000
_log = structlog.get_logger(__name__)


@asynccontextmanager
async def counting_undelivered(connections: Connections) -> AsyncIterator[None]:
    """Count every quarter of a minute, for the time of the block."""
    async with every(_SECONDS, "undelivered", partial(_count, connections)):
        yield


async def count_undelivered(connections: Connections) -> int:
    """How many deliveries of all customers are due, ten thousand at most; the metric says the same from now on."""
    async with connections.lend() as connection:
        cursor = await connection.execute("SELECT count(*) FROM due_deliveries(%s)", (_MOST_COUNTED,))
        row = await cursor.fetchone()
    due = int(row[0]) if row else 0
    UNDELIVERED.set(due)
    return due


async def _count(connections: Connections) -> None:
    try:
        await count_undelivered(connections)
    except (psycopg.OperationalError, DatabaseUnavailableError) as error:
        _log.warning("the count of deliveries waits for the database", error=type(error).__name__)
