"""Prepared statements sent straight through libpq: what a hot path asks, without a cursor around it.

In: a connection of ``open_direct`` that the caller holds alone, parameters as PostgreSQL's text. Out: rows as text. A
question costs 50 µs of CPU this way and 180 through a cursor, which adapts, counts and waits for more than this needs.
Only for statements that run thousands of times a second.
"""

import asyncio
import re
import select
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from weakref import WeakKeyDictionary

import psycopg
from psycopg import errors, pq

AsyncConnection = psycopg.AsyncConnection[Any]
Row = tuple[str | None, ...]
_NAMED = re.compile(r"%\((\w+)\)s")
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)
# Of libpq, for what it reaches by TCP: when to ask a silent machine, and for how long (in ms) to wait for its receipt.
_GIVEN_UP: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
_prepared: WeakKeyDictionary[AsyncConnection, set[str]] = WeakKeyDictionary()


async def open_direct(conninfo: str) -> AsyncConnection:
    """A connection in autocommit for statements of both kinds.

    psycopg prepares none on it: after a rollback it would have the server forget all prepared ones, ours too. A server
    whose machine is gone is given up within half a minute, as all wait for it that ask in its turn.

    Raises:
        psycopg.OperationalError: the server does not let us in.
    """
    return await psycopg.AsyncConnection.connect(conninfo, autocommit=True, prepare_threshold=None, **_GIVEN_UP)


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
        (rows,) = await in_one_go(connection, [(self, parameters)])
        return rows


@dataclass(frozen=True, slots=True)
class NamedStatement:
    """A statement whose parameters have names, as psycopg's ``%(name)s``, to be sent directly."""

    statement: DirectStatement
    names: tuple[str, ...]

    @classmethod
    def of(cls, name: str, query: str) -> Self:
        """The statement with a number for each of its names."""
        names = tuple(dict.fromkeys(_NAMED.findall(query)))
        numbered = _NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", query)
        return cls(DirectStatement(name, numbered), names)

    def step(self, values: Mapping[str, object]) -> "Step":
        """One execution of it; values may be more than it takes."""
        return self.statement, [_as_text(values[name]) for name in self.names]


Step = tuple[DirectStatement, Sequence[str | None]]


async def in_one_go(connection: AsyncConnection, steps: Sequence[Step]) -> list[list[Row]]:
    """The rows of each step, all sent at once: one round trip, and the later see what the earlier did.

    Outside a transaction that was begun before, all of them are one.

    Raises:
        psycopg.Error: of the first step that failed; those after it were not done.
    """
    libpq = connection.pgconn
    prepared = _prepared.setdefault(connection, set())
    libpq.enter_pipeline_mode()
    sent: list[str | None] = []  # what a result is of: the name that was prepared, or None for a step
    for statement, parameters in steps:
        if statement.name not in prepared and statement.name not in sent:
            libpq.send_prepare(statement.name.encode(), statement.query.encode())
            sent.append(statement.name)
        libpq.send_query_prepared(statement.name.encode(), encoded(parameters))
        sent.append(None)
    libpq.pipeline_sync()
    results = await _results(libpq)
    libpq.exit_pipeline_mode()
    answers = []
    for name, result in zip(sent, results, strict=True):
        if result.status in _FAILED:
            raise errors.error_from_result(result)
        if name is None:
            answers.append(rows_of(result))
        else:
            prepared.add(name)
    return answers


def rows_of(result: pq.abc.PGresult) -> list[Row]:
    """Every value as the server wrote it; None for NULL."""
    columns = range(result.nfields)
    return [tuple(_text(result.get_value(row, column)) for column in columns) for row in range(result.ntuples)]


def array_text(values: Sequence[object]) -> str:
    """An array of such values as PostgreSQL reads it; None for NULL."""
    return "{" + ",".join(map(_element_text, values)) + "}"


async def _results(libpq: pq.abc.PGconn) -> list[pq.abc.PGresult]:
    """What the server answers, up to the synchronisation."""
    loop = asyncio.get_running_loop()
    answers = _Answers(libpq, loop.create_future())
    socket = libpq.socket
    loop.add_reader(socket, answers.read)
    try:
        while libpq.flush():
            await _writable(loop, socket)
        return await answers.done
    finally:
        loop.remove_reader(socket)


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
        try:
            while not self.done.done():
                self._take_in()
                if not has_more(self._libpq):
                    break
        except psycopg.Error as error:
            self.done.set_exception(error)

    def _take_in(self) -> None:
        self._libpq.consume_input()
        while not self._libpq.is_busy():
            result = self._libpq.get_result()
            if result is None:
                continue  # between two steps
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                self.done.set_result(self._results)
                return
            self._results.append(result)


def has_more(libpq: pq.abc.PGconn) -> bool:
    """Whether the socket has more to read, its end included.

    Of a server that went away with a request unread, uvloop tells once and never again: its last words are read then,
    and its end must be, too.
    """
    socket = select.poll()
    socket.register(libpq.socket, select.POLLIN)
    return bool(socket.poll(0))


def encoded(parameters: Sequence[str | None]) -> list[bytes | None]:
    """The parameters as they are sent."""
    return [None if parameter is None else parameter.encode() for parameter in parameters]


def _element_text(value: object) -> str:
    text = _as_text(value)
    return "NULL" if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _as_text(value: object) -> str | None:
    """A value as PostgreSQL reads it."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, list):
        return array_text(value)
    return str(value)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
