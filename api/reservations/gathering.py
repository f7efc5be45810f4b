"""Reserves of one customer that wait in the same moment, held in one transaction: one commit for all of them.

In: a reserve that one line may take whole, its Idempotency-Key and digest. Out: the answer as it was kept, or None
where it has to go alone: it does not fit, its key or its reference is taken, an import runs. While a customer's
reserves are held, those that come in wait for the next turn; nobody waits for others to come. The next turn holds while
the commit of the last one is flushed.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

import psycopg

from api.connections import Connections
from api.idempotency import taken_back_unless_finished
from api.idempotency_keys import BEGIN, COMMIT, KeptAnswer, keep, look_for, unused
from api.json_text import encode_json
from budget_sync.approval.plain_hold import PlainHold, hold_at_once
from budget_sync.database.direct import AsyncConnection, DirectStatement, in_one_go

# Whoever holds a line for longer is waited for by those alone who want that line.
TENANT = DirectStatement(
    "set_impatient_tenant", "SELECT set_config('app.customer_id', $1, true), set_config('lock_timeout', '500ms', true)"
)
_MOST = 64  # in one transaction
_TURNS = 2  # of a customer at once, one of which is done but for its commit


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """One reserve, and who waits for its answer."""

    key: str
    digest: bytes
    hold: PlainHold
    answer: asyncio.Future[bytes | None]


@dataclass(slots=True)
class _Queue:
    """The reserves of one customer that wait, those under way, and how many tasks take turns."""

    waiting: list[_Waiting] = field(default_factory=list)
    under_way: list[_Waiting] = field(default_factory=list)
    tasks: int = 0
    one_holds: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[tuple[list[_Waiting], Callable[[], None]]]:
        """Who goes now, and what to call when this turn is done but for its commit: then the next one begins."""
        await self.one_holds.acquire()
        with ExitStack() as holding:
            holding.callback(self.one_holds.release)
            now, self.waiting = _apart(self.waiting, self.under_way)
            self.under_way += now
            try:
                yield now, holding.close
            finally:
                self.under_way = [one for one in self.under_way if one not in now]


class Gathering:
    """Belongs to the event loop of a worker."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queues: dict[UUID, _Queue] = {}  # there is a task for each customer in it
        self._tasks: set[asyncio.Task[None]] = set()

    async def hold(self, customer_id: UUID, key: str, digest: bytes, hold: PlainHold) -> bytes | None:
        """The answer, when it stands in the database; None: nothing was done, or nobody knows, and it is to go alone.

        Raises:
            DatabaseUnavailableError: no connection could be had.
        """
        answer: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()
        queue = self._queues.setdefault(customer_id, _Queue())
        queue.waiting.append(_Waiting(key, digest, hold, answer))
        if queue.tasks < min(_TURNS, len(queue.waiting) + len(queue.under_way)):
            queue.tasks += 1
            task = asyncio.create_task(self._take_turns(customer_id, queue))  # begins after all that is ready now
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await answer

    async def _take_turns(self, customer_id: UUID, queue: _Queue) -> None:
        """One transaction after another, until nobody waits who is not under way already."""
        going = True
        while queue.waiting and going:
            async with queue.turn() as (turn, done_but_for_commit):
                going = bool(turn)
                if turn:
                    await self._answer(customer_id, turn, done_but_for_commit)
        queue.tasks -= 1
        if queue.tasks == 0:
            del self._queues[customer_id]

    async def _answer(
        self, customer_id: UUID, turn: Sequence[_Waiting], done_but_for_commit: Callable[[], None]
    ) -> None:
        try:
            answers = await self._hold(customer_id, turn, done_but_for_commit)
        except psycopg.Error:  # all was taken back, or the connection broke: alone, its key tells which
            answers = {}
        except Exception as error:  # noqa: BLE001 - each of them is told, and tells it
            _fail(turn, error)
            return
        for one in turn:
            if not one.answer.done():  # else whoever asked has gone
                one.answer.set_result(answers.get(one.key))

    async def _hold(
        self, customer_id: UUID, turn: Sequence[_Waiting], done_but_for_commit: Callable[[], None]
    ) -> dict[str, bytes]:
        """The answers that were kept, by their keys."""
        begin = [(BEGIN, ()), (TENANT, (str(customer_id),)), *look_for([one.key for one in turn])]
        async with self._connections.lend() as connection, taken_back_unless_finished(connection):
            _, _, locked, found = await in_one_go(connection, begin)
            ours = unused(locked, found)
            kept = await _held(connection, customer_id, [one for one in turn if one.key in ours])
            done_but_for_commit()
            if kept:
                await in_one_go(connection, [keep(customer_id, kept), (COMMIT, ())])
        return {each.key: each.answer for each in kept}


async def _held(connection: AsyncConnection, customer_id: UUID, turn: Sequence[_Waiting]) -> list[KeptAnswer]:
    answers = await hold_at_once(connection, customer_id, [one.hold for one in turn])
    return [
        KeptAnswer(one.key, one.digest, HTTPStatus.CREATED, encode_json(answer))
        for one, answer in zip(turn, answers, strict=True)
        if answer is not None
    ]


def _apart(waiting: Sequence[_Waiting], under_way: Sequence[_Waiting]) -> tuple[list[_Waiting], list[_Waiting]]:
    """Who goes now, and who later: a key or a reference is under way once."""
    now: list[_Waiting] = []
    later: list[_Waiting] = []
    keys = {one.key for one in under_way}
    references = {one.hold.request.external_reference for one in under_way}
    for one in waiting:
        reference = one.hold.request.external_reference
        if len(now) == _MOST or one.key in keys or reference in references:
            later.append(one)
        else:
            now.append(one)
            keys.add(one.key)
            references.add(reference)
    return now, later


def _fail(turn: Sequence[_Waiting], error: Exception) -> None:
    for one in turn:
        if not one.answer.done():
            one.answer.set_exception(error)
