"""Plain, blocking work in one transaction of one customer, in a thread: for routes that people seldom call."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

import anyio
from litestar.datastructures import State

from budget_sync.database import Connection

T = TypeVar("T")


class OfCustomer(Protocol):
    """Whoever works on the rows of one customer."""

    @property
    def customer_id(self) -> UUID:
        """The customer."""


async def in_transaction(state: State, caller: OfCustomer, work: Callable[[Connection], T]) -> T:
    """What the work returns; committed unless it raises."""

    def inside() -> T:
        with state.database.tenant(caller.customer_id) as connection:
            return work(connection)

    return await anyio.to_thread.run_sync(inside)
