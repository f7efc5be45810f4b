"""The lines of all questions that a customer asks in the same moment, read by one statement.

In: places, as questions come in. Out: for each its lines, of a moment after it was asked. Questions wait for nothing
but the statements that are under way, two of a customer at most; what comes in meanwhile goes together in the next.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from uuid import UUID

from api.connections import Connections
from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.sought import LINES_TOGETHER, Place, apart, parameters
from budget_sync.database.direct import Row

_TURNS = 2  # of a customer at once: the server works on one while the answers of the other are written
_MOST = 64  # places in one statement
_Waiting = tuple[Place, asyncio.Future[list[Row]]]


@dataclass(slots=True)
class _Queue:
    """The questions of one customer that wait, and how many statements are under way or about to be."""

    waiting: list[_Waiting] = field(default_factory=list)
    turns: int = 0


class GatheredLines:
    """Belongs to the event loop of a worker."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queues: dict[UUID, _Queue] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def tenant(self, customer_id: UUID) -> AbstractAsyncContextManager[AsyncConnection]:
        """One transaction that sees the rows of this customer only."""
        return self._connections.tenant(customer_id)

    async def lines(self, customer_id: UUID, place: Place) -> list[Row]:
        """The lines that could answer, and the rule that holds beside each.

        Raises:
            DatabaseUnavailableError: no connection could be had.
            psycopg.Error: the server refused it, or went away while it was asked.
        """
        answer: asyncio.Future[list[Row]] = asyncio.get_running_loop().create_future()
        queue = self._queues.setdefault(customer_id, _Queue())
        queue.waiting.append((place, answer))
        if len(queue.waiting) == 1 and queue.turns < _TURNS:
            queue.turns += 1
            task = asyncio.create_task(self._take_turns(customer_id, queue))  # begins after all that is ready now
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await answer

    async def _take_turns(self, customer_id: UUID, queue: _Queue) -> None:
        """One statement after another, until nobody waits."""
        while queue.waiting:
            turn, queue.waiting = queue.waiting[:_MOST], queue.waiting[_MOST:]
            await self._read(customer_id, turn)
        queue.turns -= 1
        if queue.turns == 0:
            del self._queues[customer_id]

    async def _read(self, customer_id: UUID, turn: list[_Waiting]) -> None:
        places = [place for place, _ in turn]
        try:
            rows = await self._connections.rows(LINES_TOGETHER, parameters(customer_id, places))
        except Exception as error:  # noqa: BLE001 - each of them is told, and tells it
            for _, answer in turn:
                if not answer.done():  # else whoever asked has gone
                    answer.set_exception(error)
            return
        for (_, answer), own in zip(turn, apart(rows, len(turn)), strict=True):
            if not answer.done():
                answer.set_result(own)
