"""What was asked and answered, written to ``budget_check_log`` a second behind: an answer never waits for it.

In: each check with its answer. Out: rows, by COPY. The buffer is bounded: what the database does not take in time is
dropped and counted, for the log decides nothing. What moves money never goes this way.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from uuid import UUID

import msgspec
import psycopg
import structlog

from api.authentication import Caller
from api.background import every
from api.connections import Connections
from api.metrics import CHECKS, DROPPED
from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.check import SET_TENANT, AsyncConnection
from budget_sync.approval.request import CheckRequest
from budget_sync.domain.errors import DatabaseUnavailableError

_NAME = "checks"
_SECONDS = 1.0
_MOST = 50_000  # some ten seconds of a busy worker, and 50 MB
_AT_ONCE = 250  # rows put into words without a pause: 1 ms, which no answer notices
_COLUMNS = (
    "customer_id, asked_at, key_id, request_id, department, sub_category, fiscal_period, amount, currency, available, "
    "decision, reason_code, matched_level, budget_id"
)
# COPY is refused where row-level security holds, so it fills a table of the transaction, as an import's does.
_STAGE = f"CREATE TEMPORARY TABLE staged_check ON COMMIT DROP AS SELECT {_COLUMNS} FROM budget_check_log LIMIT 0"  # noqa: S608 - constants
_COPY = f"COPY staged_check ({_COLUMNS}) FROM STDIN"
_CUSTOMERS = "SELECT DISTINCT customer_id::text FROM staged_check"
_KEEP = f"INSERT INTO budget_check_log ({_COLUMNS}) SELECT {_COLUMNS} FROM staged_check WHERE customer_id = %s"  # noqa: S608 - constants
_log = structlog.get_logger(__name__)


class Check(msgspec.Struct, frozen=True):
    """One question of one caller, and its answer."""

    customer_id: UUID
    key_id: str
    request: CheckRequest
    answer: CheckAnswer

    def columns(self) -> tuple[object, ...]:
        """The values of ``_COLUMNS``."""
        asked, given = self.request, self.answer
        return (
            self.customer_id,
            given.as_of,
            self.key_id,
            asked.request_id,
            asked.department,
            asked.sub_category,
            str(asked.fiscal_period),
            asked.amount,
            asked.currency,
            given.available,
            given.decision.value,
            given.reason_code.value,
            given.matched_level.value if given.matched_level else None,
            given.budget.id if given.budget else None,
        )


class CheckLog:
    """The checks that are not written yet. ``dropped``: how many never will be, since the worker started."""

    def __init__(self, connections: Connections, most: int = _MOST) -> None:
        self._connections = connections
        self._most = most
        self._waiting: list[Check] = []
        self.dropped = 0

    def add(self, caller: Caller, request: CheckRequest, answer: CheckAnswer) -> None:
        """Note one check; costs less than a microsecond."""
        if len(self._waiting) < self._most:
            self._waiting.append(Check(caller.customer_id, caller.key_id, request, answer))
        else:
            self.dropped += 1
            DROPPED.labels(_NAME).inc()

    async def write(self) -> None:
        """Write what waits. While the database is away it waits on; what the database refuses is dropped."""
        checks = self._waiting
        if not checks:
            return
        self._waiting = []
        try:
            async with self._connections.lend() as connection, connection.transaction():
                await _write(connection, checks)
            _count(checks)
        except (psycopg.OperationalError, DatabaseUnavailableError) as error:
            kept = self._most - len(self._waiting)
            self._waiting[:0] = checks[:kept]
            self._drop(checks[kept:], error)
        except asyncio.CancelledError:
            self._waiting[:0] = checks
            raise
        except Exception as error:  # noqa: BLE001 - rows that cannot be written would stop all that come after them
            self._drop(checks, error)

    def _drop(self, checks: Sequence[Check], error: Exception) -> None:
        self.dropped += len(checks)
        DROPPED.labels(_NAME).inc(len(checks))
        _count(checks)
        _log.warning("log of checks", error=type(error).__name__, dropped=len(checks), waiting=len(self._waiting))


@asynccontextmanager
async def writing_checks(log: CheckLog) -> AsyncIterator[None]:
    """Write each second for the time of the block, and once at its end."""
    try:
        async with every(_SECONDS, "log of checks", log.write):
            yield
    finally:
        await log.write()


def _count(checks: Sequence[Check]) -> None:
    """For the metrics, which are as far behind as the rows."""
    decided = Counter((check.answer.decision.value, check.answer.reason_code.value) for check in checks)
    for (decision, reason), count in decided.items():
        CHECKS.labels(decision, reason).inc(count)


async def _write(connection: AsyncConnection, checks: Sequence[Check]) -> None:
    await connection.execute(_STAGE)
    rest = iter(checks)
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        while block := list(islice(rest, _AT_ONCE)):
            for check in block:
                await copy.write_row(check.columns())
            await asyncio.sleep(0)
    for (customer_id,) in await (await connection.execute(_CUSTOMERS)).fetchall():
        await connection.execute(SET_TENANT, (customer_id,))
        await connection.execute(_KEEP, (customer_id,))
