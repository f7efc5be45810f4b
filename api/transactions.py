"""Plain, blocking work in one transaction of the caller's customer, in a thread: for routes that people seldom call."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from litestar.datastructures import State

from api.authentication import Caller
from budget_sync.database import Connection

T = TypeVar("T")


async def in_transaction(state: State, caller: Caller, work: Callable[[Connection], T]) -> T:
    """What the work returns; committed unless it raises."""

    def inside() -> T:
        with state.database.tenant(caller.customer_id) as connection:
            return work(connection)

    return await anyio.to_thread.run_sync(inside)
