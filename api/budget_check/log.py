"""What was asked and answered, written to ``budget_check_log`` a second behind: an answer never waits for it.

In: each check with its answer. Out: rows, by COPY. The buffer is bounded: what the database does not take in time is
dropped and counted, for the log decides nothing. What moves money never goes this way.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache

import psycopg
import structlog
from prometheus_client import Counter

from api.authentication import Caller
from api.background import every
from api.connections import Connections
from api.metrics import CHECKS, DROPPED
from budget_sync.approval.answer import CheckAnswer, Decision, ReasonCode
from budget_sync.approval.check import SET_TENANT, AsyncConnection
from budget_sync.approval.request import CheckRequest
from budget_sync.domain.errors import DatabaseUnavailableError

_NAME = "checks"
_SECONDS = 1.0
_MOST = 50_000  # some ten seconds of a busy worker, and 15 MB
_COLUMNS = (
    "customer_id, asked_at, key_id, request_id, department, sub_category, fiscal_period, amount, currency, available, "
    "decision, reason_code, matched_level, budget_id"
)
# COPY is refused where row-level security holds, so it fills a table of the transaction, as an import's does.
_STAGE = f"CREATE TEMPORARY TABLE staged_check ON COMMIT DROP AS SELECT {_COLUMNS} FROM budget_check_log LIMIT 0"  # noqa: S608 - constants
_COPY = f"COPY staged_check ({_COLUMNS}) FROM STDIN"
_CUSTOMERS = "SELECT DISTINCT customer_id::text FROM staged_check"
_KEEP = f"INSERT INTO budget_check_log ({_COLUMNS}) SELECT {_COLUMNS} FROM staged_check WHERE customer_id = %s"  # noqa: S608 - constants
_NULL = "\\N"  # of COPY's text
_log = structlog.get_logger(__name__)


class CheckLog:
    """The checks that are not written yet. ``dropped``: how many never will be, since the worker started."""

    def __init__(self, connections: Connections, most: int = _MOST) -> None:
        self._connections = connections
        self._most = most
        self._waiting: list[str] = []
        self.dropped = 0

    def add(self, caller: Caller, request: CheckRequest, answer: CheckAnswer) -> None:
        """Note one check, as its row: answers that waited a second kept the collector of garbage busy all the while."""
        _counter(answer.decision, answer.reason_code).inc()
        if len(self._waiting) < self._most:
            self._waiting.append(_row(caller, request, answer))
        else:
            self.dropped += 1
            DROPPED.labels(_NAME).inc()

    async def write(self) -> None:
        """Write what waits. While the database is away it waits on; what the database refuses is dropped."""
        rows = self._waiting
        if not rows:
            return
        self._waiting = []
        try:
            async with self._connections.lend() as connection, connection.transaction():
                await _write(connection, rows)
        except (psycopg.OperationalError, DatabaseUnavailableError) as error:
            kept = self._most - len(self._waiting)
            self._waiting[:0] = rows[:kept]
            self._drop(len(rows[kept:]), error)
        except asyncio.CancelledError:
            self._waiting[:0] = rows
            raise
        except Exception as error:  # noqa: BLE001 - rows that cannot be written would stop all that come after them
            self._drop(len(rows), error)

    def _drop(self, rows: int, error: Exception) -> None:
        self.dropped += rows
        DROPPED.labels(_NAME).inc(rows)
        _log.warning("log of checks", error=type(error).__name__, dropped=rows, waiting=len(self._waiting))


@asynccontextmanager
async def writing_checks(log: CheckLog) -> AsyncIterator[None]:
    """Write each second for the time of the block, and once at its end."""
    try:
        async with every(_SECONDS, "log of checks", log.write):
            yield
    finally:
        await log.write()


@cache
def _counter(decision: Decision, reason: ReasonCode) -> Counter:
    return CHECKS.labels(decision.value, reason.value)


def _row(caller: Caller, asked: CheckRequest, given: CheckAnswer) -> str:
    """The values of ``_COLUMNS`` as COPY reads them."""
    return "\t".join(
        (
            str(caller.customer_id),
            str(given.as_of),
            caller.key_id,
            _words(asked.request_id),
            _words(asked.department),
            _words(asked.sub_category),
            str(asked.fiscal_period),
            str(asked.amount),
            asked.currency or _NULL,
            "t" if given.available else "f",
            given.decision.value,
            given.reason_code.value,
            given.matched_level.value if given.matched_level else _NULL,
            (given.budget and given.budget.id) or _NULL,
        )
    )


def _words(name: str | None) -> str:
    """A name as COPY reads it; a question's names hold no control characters."""
    return _NULL if name is None else name.replace("\\", "\\\\")


async def _write(connection: AsyncConnection, rows: Sequence[str]) -> None:
    await connection.execute(_STAGE)
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        await copy.write("\n".join((*rows, "")).encode())
    for (customer_id,) in await (await connection.execute(_CUSTOMERS)).fetchall():
        await connection.execute(SET_TENANT, (customer_id,))
        await connection.execute(_KEEP, (customer_id,))
