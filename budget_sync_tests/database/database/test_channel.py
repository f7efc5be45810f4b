"""Many questions on one connection: each gets its own answer, its own error, its own transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from budget_sync.database import Database
from budget_sync.database.channel import Channel
from budget_sync.database.direct import DirectStatement, open_direct
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.settings import Settings

ECHO = DirectStatement("echo", "SELECT $1::text, NULL::text")
DIVIDE = DirectStatement("divide", "SELECT 1 / $1::integer")
NO_SQL = DirectStatement("no_sql", "SELEKT $1")
SOON_THERE = DirectStatement("soon_there", "SELECT $1 || told FROM soon_there")
LENGTH = DirectStatement("length", "SELECT length($1::text)::text")
SLEEP = DirectStatement("sleep", "SELECT pg_sleep($1::float)::text")
REMEMBER = DirectStatement("remember", "SELECT set_config('app.customer_id', $1, true)")
RECALL = DirectStatement("recall", "SELECT current_setting('app.customer_id', true) || $1")


@asynccontextmanager
async def channel_of(database: Database) -> AsyncIterator[Channel]:
    channel = Channel(await open_direct(database.app_conninfo))
    try:
        yield channel
    finally:
        await channel.close()


def test_each_of_many_questions_at_once_gets_its_own_answer(database: Database) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            answers = await asyncio.gather(*(channel.rows(ECHO, (str(number),)) for number in range(500)))
        assert answers == [[(str(number), None)] for number in range(500)]

    asyncio.run(scene())


def test_the_error_of_one_question_is_nobody_elses(database: Database) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            asked = [channel.rows(DIVIDE, (number,)) for number in ("1", "0", "1")]
            asked.append(channel.rows(NO_SQL, ("x",)))
            asked.append(channel.rows(ECHO, ("after",)))
            first, second, third, fourth, fifth = await asyncio.gather(*asked, return_exceptions=True)
        assert (first, third, fifth) == ([("1",)], [("1",)], [("after", None)])
        assert isinstance(second, psycopg.errors.DivisionByZero)
        assert isinstance(fourth, psycopg.errors.SyntaxError)

    asyncio.run(scene())


def test_a_statement_that_could_not_be_prepared_is_prepared_again_once_its_table_is_there(
    database: Database, settings: Settings
) -> None:
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()

    async def scene() -> None:
        async with channel_of(database) as channel:
            with pytest.raises(psycopg.errors.UndefinedTable):
                await channel.rows(SOON_THERE, ("it is ",))
            with psycopg.connect(url) as administrator:
                administrator.execute("CREATE TABLE soon_there AS SELECT 'there'::text AS told")
                administrator.execute("GRANT SELECT ON soon_there TO PUBLIC")
            assert await channel.rows(SOON_THERE, ("it is ",)) == [("it is there",)]

    asyncio.run(scene())


def test_a_statement_that_was_prepared_and_then_failed_is_not_prepared_twice(database: Database) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            with pytest.raises(psycopg.errors.DivisionByZero):
                await channel.rows(DIVIDE, ("0",))
            assert await channel.rows(DIVIDE, ("1",)) == [("1",)]

    asyncio.run(scene())


def test_what_one_transaction_sets_the_next_does_not_see(database: Database) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            _, recalled = await asyncio.gather(channel.rows(REMEMBER, ("secret",)), channel.rows(RECALL, ("",)))
        assert recalled == [("",)]

    asyncio.run(scene())


def test_a_question_whose_asker_went_away_leaves_the_others_theirs(database: Database) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            gone = asyncio.create_task(channel.rows(SLEEP, ("0.1",)))
            staying = asyncio.create_task(channel.rows(ECHO, ("here",)))
            await asyncio.sleep(0)
            gone.cancel()
            assert await staying == [("here", None)]
            assert len(channel) == 0

    asyncio.run(scene())


def test_a_parameter_larger_than_a_socket_takes_at_once_arrives(database: Database) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            lengths = await asyncio.gather(*(channel.rows(LENGTH, ("x" * 5_000_000,)) for _ in range(2)))
        assert lengths == [[("5000000",)]] * 2

    asyncio.run(scene())


def test_whoever_waits_is_told_when_the_server_ends_the_connection(
    database: Database, postgres: EmbeddedServer
) -> None:
    async def scene() -> None:
        async with channel_of(database) as channel:
            (row,) = await channel.rows(DirectStatement("pid", "SELECT pg_backend_pid() + $1::integer"), ("0",))
            waiting = [asyncio.create_task(channel.rows(SLEEP, ("30",))) for _ in range(3)]
            with psycopg.connect(postgres.conninfo("postgres", "postgres")) as administrator:
                administrator.execute("SELECT pg_terminate_backend(%s)", (row[0],))
            for outcome in await asyncio.gather(*waiting, return_exceptions=True):
                assert isinstance(outcome, psycopg.OperationalError)
            assert not channel.is_open
            with pytest.raises(psycopg.OperationalError):
                await channel.rows(ECHO, ("late",))

    asyncio.run(scene())
