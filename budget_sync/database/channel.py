"""One connection on which many short questions are under way at once, each a transaction of its own.

In: a connection in autocommit that nobody else uses, prepared statements that only read, parameters as PostgreSQL's
text. Out: rows as text. Nobody waits for a connection to come free, and under load one wake-up of either side serves
several questions: a question costs 40 µs of CPU here and 180 through a cursor.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import errors, pq

from budget_sync.database.direct import AsyncConnection, DirectStatement, Row, encoded, has_more, rows_of

_Result = pq.abc.PGresult
_FAILED = pq.ExecStatus.FATAL_ERROR
_SYNC = pq.ExecStatus.PIPELINE_SYNC


@dataclass(frozen=True, slots=True)
class _Question:
    """One that was sent. ``prepares``: the statement that was sent before it to be prepared, None for none."""

    answer: asyncio.Future[_Result]
    prepares: str | None


class Channel:
    """Belongs to the event loop that it is made in."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._libpq.enter_pipeline_mode()
        self._loop = asyncio.get_running_loop()
        self._socket = self._libpq.socket
        self._loop.add_reader(self._socket, self._read)
        self._prepared: set[str] = set()
        self._waiting: deque[_Question] = deque()
        self._result: _Result | None = None
        self._broken: psycopg.Error | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still takes questions."""
        return self._broken is None

    def __len__(self) -> int:
        """How many questions are under way."""
        return len(self._waiting)

    async def rows(self, statement: DirectStatement, parameters: Sequence[str | None]) -> list[Row]:
        """The rows of one execution, in a transaction of its own.

        Raises:
            psycopg.Error: the server refused it, or is gone.
        """
        if self._broken is not None:
            raise self._broken
        answer: asyncio.Future[_Result] = self._loop.create_future()
        try:
            prepares = self._send(statement, parameters)
        except psycopg.Error as error:
            self._break(error)
            raise
        self._waiting.append(_Question(answer, prepares))
        return rows_of(await answer)

    async def close(self) -> None:
        """End it; questions still under way fail."""
        self._break(psycopg.OperationalError("The connection was closed."))
        await self._connection.close()

    def _send(self, statement: DirectStatement, parameters: Sequence[str | None]) -> str | None:
        """Send one question; the name that it prepares on the way, None where the server has the statement."""
        prepares = None if statement.name in self._prepared else statement.name
        if prepares is not None:
            self._libpq.send_prepare(statement.name.encode(), statement.query.encode())
            self._prepared.add(prepares)
        self._libpq.send_query_prepared(statement.name.encode(), encoded(parameters))
        self._libpq.pipeline_sync()
        self._flush()
        return prepares

    def _flush(self) -> None:
        """Send what the socket takes, and the rest when it takes more."""
        if self._libpq.flush():
            self._loop.add_writer(self._socket, self._flush)
        else:
            self._loop.remove_writer(self._socket)

    def _read(self) -> None:
        """Take in what the socket has, and answer whom it answers."""
        try:
            self._take_in()
            while self._waiting and has_more(self._libpq):
                self._take_in()
        except psycopg.Error as error:
            self._break(error)

    def _take_in(self) -> None:
        self._libpq.consume_input()
        while self._waiting and not self._libpq.is_busy():
            result = self._libpq.get_result()
            if result is None:
                continue
            if result.status == _SYNC:
                self._answer(self._waiting.popleft().answer)
            elif self._result is None:
                self._first(result, self._waiting[0].prepares)
            elif self._result.status != _FAILED:
                self._result = result

    def _first(self, result: _Result, prepares: str | None) -> None:
        """The first result of a question: where that was to prepare and failed, the server has no such statement."""
        self._result = result
        if prepares is not None and result.status == _FAILED:
            self._prepared.discard(prepares)

    def _answer(self, waiting: asyncio.Future[_Result]) -> None:
        """Hand over the last result before the synchronisation, or the error that came first."""
        result, self._result = self._result, None
        if waiting.done():  # whoever asked has gone
            return
        if result is None or result.status == _FAILED:
            waiting.set_exception(errors.error_from_result(result) if result else psycopg.InternalError("No answer."))
        else:
            waiting.set_result(result)

    def _break(self, error: psycopg.Error) -> None:
        if self._broken is not None:
            return
        self._broken = error
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        while self._waiting:
            waiting = self._waiting.popleft().answer
            if not waiting.done():
                waiting.set_exception(error)
