"""A server that goes away with a request unread: whoever waits for its answer is told, on uvicorn's own event loop.

That loop tells of such a socket once and never again: what was read in the one call is all there will be.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
import pytest
import uvloop

from budget_sync.database import Database
from budget_sync.database.channel import Channel
from budget_sync.database.direct import AsyncConnection, DirectStatement, in_one_go, open_direct
from budget_sync.settings import Settings
from budget_sync_tests.waiting import wait_until

SLEEP = DirectStatement("sleep", "SELECT pg_sleep(60)::text")
LENGTH = DirectStatement("length", "SELECT length($1::text)::text")
LONG = ("x" * 20_000,)  # more than the server takes in before it begins
_SECONDS = 10


async def _channel(connection: AsyncConnection) -> None:
    channel = Channel(connection)
    asked = [channel.rows(SLEEP, ()), channel.rows(LENGTH, LONG), channel.rows(LENGTH, LONG)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(answer, psycopg.Error) for answer in answers)
    await channel.close()


async def _one_go(connection: AsyncConnection) -> None:
    with pytest.raises(psycopg.Error):
        await in_one_go(connection, [(SLEEP, ()), (LENGTH, LONG), (LENGTH, LONG)])
    await connection.close()


def _end_its_server(url: str, pid: int) -> None:
    sleeping = "SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event = 'PgSleep'"
    with psycopg.connect(url, autocommit=True) as administrator:
        wait_until(lambda: administrator.execute(sleeping, (pid,)).rowcount == 1, "the server to work")
        administrator.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


@pytest.mark.parametrize("ask", [_channel, _one_go])
def test_whoever_waits_for_a_lost_server_is_told(
    database: Database, settings: Settings, ask: Callable[[AsyncConnection], Coroutine[Any, Any, None]]
) -> None:
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()

    async def scene() -> None:
        connection = await open_direct(database.app_conninfo)
        pid = connection.info.backend_pid
        waiting = asyncio.create_task(ask(connection))
        for _ in range(5):
            await asyncio.sleep(0)  # it asks
        _end_its_server(url, pid)  # while the loop stands still, so that it is told of everything at once
        async with asyncio.timeout(_SECONDS):
            await waiting

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(scene())
