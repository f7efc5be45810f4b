"""How often each key was used and when last, written a few seconds behind: a call never waits for it.

In: the id of a key, with each call. Out: ``use_count`` and ``last_used_at`` of its row. What a worker that dies has not
written yet is lost, which is some seconds of a count and nothing that decides anything.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg
import structlog

from api.background import every
from api.connections import Connections
from budget_sync.domain.errors import DatabaseUnavailableError

_SECONDS = 5.0
_RECORD = "SELECT record_key_uses(%s::text[], %s::bigint[], %s::timestamptz[])"
_log = structlog.get_logger(__name__)


class KeyUses:
    """The uses that are not written yet; as many as there are good keys."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._counts: dict[str, int] = {}
        self._last: dict[str, float] = {}

    def count(self, key_id: str) -> None:
        """One use, now."""
        self._counts[key_id] = self._counts.get(key_id, 0) + 1
        self._last[key_id] = time.time()

    async def write(self) -> None:
        """Write what was counted; what cannot be written waits for the next time."""
        counts, last = self._counts, self._last
        if not counts:
            return
        self._counts, self._last = {}, {}
        moments = [datetime.fromtimestamp(last[key_id], UTC) for key_id in counts]
        try:
            async with self._connections.lend() as connection:
                await connection.execute(_RECORD, (list(counts), list(counts.values()), moments))
        except BaseException as error:
            self._put_back(counts, last)
            if not isinstance(error, psycopg.Error | DatabaseUnavailableError):
                raise
            _log.warning("uses of keys wait for the database", error=type(error).__name__)

    def _put_back(self, counts: dict[str, int], last: dict[str, float]) -> None:
        for key_id, count in counts.items():
            self._counts[key_id] = self._counts.get(key_id, 0) + count
            self._last.setdefault(key_id, last[key_id])


@asynccontextmanager
async def writing_uses(uses: KeyUses) -> AsyncIterator[None]:
    """Write every five seconds for the time of the block, and once at its end."""
    try:
        async with every(_SECONDS, "uses of keys", uses.write):
            yield
    finally:
        await uses.write()
