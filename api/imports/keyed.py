"""An import under the caller's Idempotency-Key, where there is one.

A place among the imports is taken before a connection is lent, so that waiting imports never hold the connections
that short questions need.
"""

from collections.abc import Callable
from typing import Any

import anyio
import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from api.authentication import Caller
from api.idempotency import once_if_keyed
from api.imports.outcomes import import_answer
from budget_sync.importing.result import ImportResult


async def keyed_import(
    request: Request[Any, Any, Any],
    caller: Caller,
    state: State,
    asked: msgspec.Struct,
    work: Callable[[], ImportResult],
) -> Response[bytes]:
    """Run the import in a thread; a repeated request gets the answer of the first.

    Raises:
        ConflictError: the first request with this key is still at work.
        RefusedError: the key was used for something else.
    """

    async def answer() -> tuple[int, bytes]:
        return import_answer(await anyio.to_thread.run_sync(work, limiter=anyio.CapacityLimiter(1)))

    async with state.import_places:
        return await once_if_keyed(request, caller, state.connections, asked, answer)
