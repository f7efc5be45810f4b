"""Async connections that the worker keeps: some lent to one request at a time, a few shared by all short questions.

In: how to connect, how many. Out: ``Connections.lend()``, ``tenant()`` and ``rows()``. A pool would check, reset and
time each loan: the check's one statement needs none of that (a pooled transaction answered 0.4 to 0.55 times what this
does). A connection that breaks is thrown away, and the next who needs one opens it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg

from budget_sync.approval.check import SET_TENANT, AsyncConnection
from budget_sync.database.channel import Channel
from budget_sync.database.direct import DirectStatement, Row, open_direct
from budget_sync.domain.errors import DatabaseUnavailableError

_CHANNELS = 4  # single runs of a busy machine favoured four over two (decision 0020)
_WAIT_SECONDS = 10.0
_UNAVAILABLE = "The database does not answer. Nothing was done; try again in a moment."


class Connections:
    """At most ``size`` connections in autocommit, opened when first needed, the last used lent first."""

    def __init__(self, conninfo: str, size: int) -> None:
        self._conninfo = conninfo
        self._free: list[AsyncConnection] = []
        self._places = asyncio.Semaphore(size)
        self._channels: list[Channel] = []
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[AsyncConnection]:
        """A connection for the time of the block.

        Raises:
            DatabaseUnavailableError: none came free, or none could be opened, within ten seconds.
        """
        await self._take_place()
        try:
            connection = await self._open()
            try:
                yield connection
            finally:
                await self._take_back(connection)
        finally:
            self._places.release()

    @asynccontextmanager
    async def tenant(self, customer_id: UUID) -> AsyncIterator[AsyncConnection]:
        """One transaction that sees the rows of this customer only.

        Raises:
            DatabaseUnavailableError: as ``lend``.
        """
        async with self.lend() as connection, connection.transaction():
            await connection.execute(SET_TENANT, (str(customer_id),))
            yield connection

    async def rows(self, statement: DirectStatement, parameters: Sequence[str | None]) -> list[Row]:
        """The rows of a statement that only reads and names its tenant itself, in a transaction of its own.

        Raises:
            DatabaseUnavailableError: no connection could be opened within ten seconds.
            psycopg.Error: the server refused it, or went away while it was asked.
        """
        channels = self._channels
        if len(channels) < _CHANNELS or not all(channel.is_open for channel in channels):
            channels = await self._open_channels()
        return await min(channels, key=len).rows(statement, parameters)

    async def close(self) -> None:
        """Close what is free; what is lent closes with its request."""
        while self._channels:
            await self._channels.pop().close()
        while self._free:
            await self._free.pop().close()

    async def _take_place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._places.acquire()
        except TimeoutError as error:
            raise DatabaseUnavailableError(_UNAVAILABLE) from error

    async def _open(self) -> AsyncConnection:
        while self._free:
            connection = self._free.pop()
            if not connection.closed:
                return connection
        return await self._connect()

    async def _open_channels(self) -> list[Channel]:
        """As many as there shall be, all of them good."""
        async with self._opening:
            for broken in [channel for channel in self._channels if not channel.is_open]:
                self._channels.remove(broken)
                await broken.close()
            while len(self._channels) < _CHANNELS:
                self._channels.append(Channel(await self._connect()))
            return self._channels

    async def _connect(self) -> AsyncConnection:
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                return await open_direct(self._conninfo)
        except (psycopg.OperationalError, TimeoutError) as error:
            raise DatabaseUnavailableError(_UNAVAILABLE) from error

    async def _take_back(self, connection: AsyncConnection) -> None:
        idle = connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
        if idle and not connection.closed:
            self._free.append(connection)
        else:
            await connection.close()
