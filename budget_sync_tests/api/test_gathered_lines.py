"""Questions that come in at once are one statement a customer; each is answered with its own lines, as of now."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from api.connections import Connections
from api.gathered_lines import GatheredLines
from budget_sync.approval.sought import Place
from budget_sync.database import Database
from budget_sync.database.direct import Row
from budget_sync.domain.errors import DatabaseUnavailableError
from budget_sync.importing.customers import Customer
from budget_sync_tests.budget_lines import add_line

ENG, OPS, NOBODY = (Place(name, None, "FY2025") for name in ("eng", "ops", "nobody"))


def scene(conninfo: str, run: Callable[[GatheredLines], Awaitable[None]]) -> None:
    async def with_connections() -> None:
        connections = Connections(conninfo, 1)
        try:
            await run(GatheredLines(connections))
        finally:
            await connections.close()

    asyncio.run(with_connections())


def names(answers: list[list[Row]]) -> list[list[str | None]]:
    return [[row[1] for row in rows] for rows in answers]


def test_each_question_of_a_moment_gets_its_own_lines(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    for owner, name in ((customer, "Eng"), (customer, "Ops"), (other_customer, "Eng")):
        add_line(database, owner.id, name, "100")

    async def ask(gathered: GatheredLines) -> None:
        asked = [gathered.lines(customer.id, place) for place in (ENG, OPS, NOBODY) * 50]
        foreign = [gathered.lines(other_customer.id, place) for place in (ENG, OPS)]
        *own, eng, ops = await asyncio.gather(*asked, *foreign)
        assert names(own) == [["Eng"], ["Ops"], []] * 50
        assert names([eng, ops]) == [["Eng"], []]
        assert eng[0][0] != own[0][0][0]

    scene(database.app_conninfo, ask)


def test_a_question_sees_what_was_committed_before_it_was_asked(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "1000")

    async def ask(gathered: GatheredLines) -> None:
        async with await psycopg.AsyncConnection.connect(database.app_conninfo, autocommit=True) as other:
            for amount in range(1, 51):
                earlier = [asyncio.create_task(gathered.lines(customer.id, ENG)) for _ in range(3)]
                async with other.transaction():
                    await other.execute("SELECT set_config('app.customer_id', %s, true)", (str(customer.id),))
                    await other.execute("UPDATE budget SET reserved_amount = %s WHERE id = %s", (amount, line))
                (row,) = await gathered.lines(customer.id, ENG)
                assert row[8] == str(amount)
                assert {rows[0][8] for rows in await asyncio.gather(*earlier)} <= {str(amount - 1), str(amount)}

    scene(database.app_conninfo, ask)


def test_who_has_gone_leaves_the_others_their_answers(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100")

    async def ask(gathered: GatheredLines) -> None:
        gone, staying = (asyncio.create_task(gathered.lines(customer.id, ENG)) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        assert names([await staying]) == [["Eng"]]
        assert gone.cancelled()
        assert names([await gathered.lines(customer.id, ENG)]) == [["Eng"]]

    scene(database.app_conninfo, ask)


def test_all_are_told_where_the_database_is_away(customer: Customer) -> None:
    async def ask(gathered: GatheredLines) -> None:
        asked = (gathered.lines(customer.id, ENG) for _ in range(3))
        for error in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(error, DatabaseUnavailableError)
        with pytest.raises(DatabaseUnavailableError):
            await gathered.lines(customer.id, OPS)

    scene("host=/nowhere", ask)
