"""Connections that see one customer, or none.

In: ``Settings``. Out: ``Database``, whose transactions run as the role that owns nothing, with the customer set for
the transaction alone: a pool that kept a session setting would show it to the next caller.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Protocol, Self
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolTimeout

from budget_sync.database.addresses import Addresses, open_addresses
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.database.send_buffer import make_room
from budget_sync.domain.errors import DatabaseUnavailableError
from budget_sync.settings import Settings

Connection = psycopg.Connection[TupleRow]
_CONNECT_SECONDS = 15.0


class Transactions(Protocol):
    """What opens transactions: the database, or a rehearsal in which none of them is kept."""

    def tenant(self, customer_id: UUID, /) -> AbstractContextManager[Connection]:
        """One transaction that sees and writes rows of this customer only."""

    def system(self) -> AbstractContextManager[Connection]:
        """One transaction without a customer."""


class Database:
    """The database of one process. ``app_conninfo`` and ``dagster_url`` are for those who need a pool of their own."""

    def __init__(self, addresses: Addresses, server: EmbeddedServer | None, settings: Settings) -> None:
        self.settings = settings
        self.app_conninfo = addresses.app_conninfo
        self.dagster_url = addresses.dagster_url
        self._server = server
        self._pool = ConnectionPool(
            addresses.app_conninfo,
            min_size=0,
            max_size=settings.database_connections,
            timeout=_CONNECT_SECONDS,
            reconnect_timeout=_CONNECT_SECONDS,
            configure=make_room,
            check=ConnectionPool.check_connection,
            open=False,
            name="budget_sync",
        )
        self._opening = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open it, starting or joining our own server where none is configured. Tables are not touched."""
        addresses, server = open_addresses(settings)
        return cls(addresses, server, settings)

    @property
    def place(self) -> str:
        """Which one it is, as a person knows it: the folder of our own, or server and name of a configured one."""
        if self.settings.database_url is None:
            return str(self.settings.home.absolute())
        parts = conninfo_to_dict(self.app_conninfo)
        return f"the database {parts.get('dbname')} on {parts.get('host', 'this machine')}"

    @contextmanager
    def tenant(self, customer_id: UUID) -> Iterator[Connection]:
        """One transaction that sees and writes rows of this customer only; committed unless the block raises.

        Raises:
            DatabaseUnavailableError: no connection could be had, or not within 15 seconds.
        """
        with self._connection() as connection:
            connection.execute("SELECT set_config('app.customer_id', %s, true)", (str(customer_id),))
            yield connection

    @contextmanager
    def system(self) -> Iterator[Connection]:
        """One transaction without a customer: tables show no rows, only the look-up functions answer."""
        with self._connection() as connection:
            yield connection

    def customer_ids(self) -> list[UUID]:
        """All customers, for work that then goes through them with the tenant set."""
        with self.system() as connection:
            return [row[0] for row in connection.execute("SELECT customer_id FROM list_customers()")]

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        if self._pool.closed:
            self._open_pool()
        try:
            connection = self._pool.getconn()
        except (PoolTimeout, psycopg.OperationalError) as error:
            raise DatabaseUnavailableError(
                "The database does not answer. Nothing was done; try again later."
            ) from error
        try:
            with connection:  # commits or rolls back, and does not hand it back
                yield connection
        finally:
            self._pool.putconn(connection)

    def _open_pool(self) -> None:
        """Ask the server once directly: the pool would try for long, and then not say why it failed."""
        with self._opening:
            if not self._pool.closed:
                return
            try:
                psycopg.connect(self.app_conninfo).close()
            except psycopg.OperationalError as error:
                raise DatabaseUnavailableError(
                    f"The database cannot be used: {error} If it is new, run 'budget-sync db upgrade' first."
                ) from error
            self._pool.open()

    def close(self) -> None:
        """Give the connections back, and the share in our own server."""
        self._pool.close()
        if self._server is not None:
            self._server.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
