"""The connections of a worker: what breaks is opened again."""

import asyncio

import psycopg

from api.connections import Connections
from budget_sync.database import Database
from budget_sync.database.direct import DirectStatement
from budget_sync.database.embedded import EmbeddedServer

PID = DirectStatement("pid", "SELECT pg_backend_pid() + $1::integer")


def test_the_next_question_after_the_server_ended_a_connection_is_answered(
    database: Database, postgres: EmbeddedServer
) -> None:
    async def scene() -> None:
        connections = Connections(database.app_conninfo, 2)
        ended = {row[0][0] for row in [await connections.rows(PID, ("0",)) for _ in range(4)]}
        with psycopg.connect(postgres.conninfo("postgres", "postgres")) as administrator:
            for pid in ended:
                administrator.execute("SELECT pg_terminate_backend(%s)", (pid,))
        outcomes = [await asyncio.gather(connections.rows(PID, ("0",)), return_exceptions=True) for _ in range(4)]
        answered = [outcome for (outcome,) in outcomes if not isinstance(outcome, psycopg.OperationalError)]
        assert answered[-1] == outcomes[-1][0]
        assert answered[-1][0][0] not in ended
        await connections.close()

    asyncio.run(scene())
