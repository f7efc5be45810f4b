"""Work that goes on beside the answers of a worker, for as long as the worker lives.

An error that nobody foresaw ends none of it: it is logged, counted, and the work goes on.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog

from api.metrics import BACKGROUND_ERRORS

_PATIENCE_SECONDS = 20.0  # for what is at work when the worker stops
_log = structlog.get_logger(__name__)


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run it as a task of its own for the time of the block, then cut it off and wait until it has ended."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def every(seconds: float, name: str, work: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Do it each so many seconds for the time of the block; what it is at when the block ends is brought to its end."""
    over = asyncio.Event()
    task = asyncio.create_task(_again_and_again(seconds, name, work, over))
    try:
        yield
    finally:
        over.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(task, _PATIENCE_SECONDS)


def note_error(name: str, error: Exception) -> None:
    """Say and count that work beside the answers failed as nobody foresaw."""
    BACKGROUND_ERRORS.labels(name).inc()
    _log.error("work beside the answers failed", work=name, exc_info=error)


async def _again_and_again(
    seconds: float, name: str, work: Callable[[], Awaitable[object]], over: asyncio.Event
) -> None:
    while not over.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), seconds)
            return
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next time may go well
            note_error(name, error)
