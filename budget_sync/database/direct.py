"""Prepared statements sent straight through libpq: what a hot path asks, without a cursor around it.

In: an async psycopg connection that the caller holds alone, in any transaction, and parameters as PostgreSQL's text.
Out: rows as text. A question costs 50 µs of CPU this way and 180 through a cursor, which adapts, counts and waits for
more than this needs. Only for statements that run thousands of times a second.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import errors, pq

AsyncConnection = psycopg.AsyncConnection[Any]
Row = tuple[str | None, ...]
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)
_prepared: WeakKeyDictionary[AsyncConnection, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class DirectStatement:
    """``$1`` is the first parameter. The name is the statement's own within the program."""

    name: str
    query: str

    async def rows(self, connection: AsyncConnection, parameters: Sequence[str | None]) -> list[Row]:
        """The rows of one execution.

        Raises:
            psycopg.Error: the server refused it, or is gone.
        """
        if self.name not in _prepared.setdefault(connection, set()):
            await prepare(connection, self)
        connection.pgconn.send_query_prepared(self.name.encode(), encoded(parameters))
        (result,) = await _results(connection.pgconn, pq.ExecStatus.TUPLES_OK)
        return rows_of(result)


async def prepare(connection: AsyncConnection, statement: DirectStatement) -> None:
    """Have the server parse the statement, once for the life of the connection."""
    connection.pgconn.send_prepare(statement.name.encode(), statement.query.encode())
    await _results(connection.pgconn, pq.ExecStatus.COMMAND_OK)
    _prepared[connection].add(statement.name)


def rows_of(result: pq.abc.PGresult) -> list[Row]:
    """Every value as the server wrote it; None for NULL."""
    columns = range(result.nfields)
    return [tuple(_text(result.get_value(row, column)) for column in columns) for row in range(result.ntuples)]


def array_text(texts: Sequence[str]) -> str:
    """An array of texts as PostgreSQL writes it."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return '{"' + '","'.join(quoted) + '"}' if texts else "{}"


async def _results(libpq: pq.abc.PGconn, wanted: pq.ExecStatus) -> list[pq.abc.PGresult]:
    """What the server answers, up to its readiness for the next statement."""
    loop = asyncio.get_running_loop()
    answers = _Answers(libpq, loop.create_future())
    socket = libpq.socket
    loop.add_reader(socket, answers.read)
    try:
        while libpq.flush():
            await _writable(loop, socket)
        results = await answers.done
    finally:
        loop.remove_reader(socket)
    for result in results:
        if result.status in _FAILED:
            raise errors.error_from_result(result)
        if result.status != wanted:
            raise psycopg.InternalError(f"The server answered {pq.ExecStatus(result.status).name}.")
    return results


async def _writable(loop: asyncio.AbstractEventLoop, socket: int) -> None:
    """Wait until the socket takes more of a long statement."""
    ready = asyncio.Event()
    loop.add_writer(socket, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_writer(socket)


class _Answers:
    """Collects results as they come in; ``done`` holds all of them."""

    def __init__(self, libpq: pq.abc.PGconn, done: asyncio.Future[list[pq.abc.PGresult]]) -> None:
        self.done = done
        self._libpq = libpq
        self._results: list[pq.abc.PGresult] = []

    def read(self) -> None:
        """Take in what the socket has."""
        if self.done.done():
            return
        try:
            self._libpq.consume_input()
            while not self._libpq.is_busy():
                result = self._libpq.get_result()
                if result is None:
                    self.done.set_result(self._results)
                    return
                self._results.append(result)
        except psycopg.Error as error:
            self.done.set_exception(error)


def encoded(parameters: Sequence[str | None]) -> list[bytes | None]:
    """The parameters as they are sent."""
    return [None if parameter is None else parameter.encode() for parameter in parameters]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
