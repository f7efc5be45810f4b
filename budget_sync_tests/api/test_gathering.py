"""Reserves that wait in the same moment: one transaction for all that can be held, and whatever cannot goes alone."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from api.connections import Connections
from api.reservations.gathering import Gathering
from budget_sync.approval.plain_hold import PlainHold
from budget_sync.approval.reservation_types import ReserveRequest, Share
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.api.purchases import balances, ledger
from budget_sync_tests.budget_lines import add_line

Answers = list[dict[str, Any] | None]


class Counter:
    """Where purchases come in, for one customer."""

    def __init__(self, gathering: Gathering, customer: Customer) -> None:
        self._gathering = gathering
        self._customer = customer

    async def hold(self, line: UUID, amount: int, name: str, key: str | None = None) -> dict[str, Any] | None:
        """The reservation; None where it has to go alone."""
        request = ReserveRequest(Decimal(amount), name, shares=(Share(line, Decimal(amount)),))
        hold = PlainHold(request, line, "test")
        answer = await self._gathering.hold(self._customer.id, key or name, b"d" * 32, hold)
        return json.loads(answer) if answer else None


def at_once(database: Database, customer: Customer, scene: Callable[[Counter], list[Awaitable[Any]]]) -> Answers:
    """The answers to what comes in before the first of it is begun."""

    async def run() -> Answers:
        connections = Connections(database.app_conninfo, 2)
        try:
            return await asyncio.gather(*scene(Counter(Gathering(connections), customer)))
        finally:
            await connections.close()

    return asyncio.run(run())


def test_what_comes_in_at_once_is_one_transaction(database: Database, customer: Customer) -> None:
    lines = [add_line(database, customer.id, name, "100") for name in ("Eng", "Ops")]
    answers = at_once(database, customer, lambda at: [at.hold(lines[n % 2], 10, f"PR-{n}") for n in range(10)])
    assert [each and each["externalReference"] for each in answers] == [f"PR-{n}" for n in range(10)]
    assert len({each and each["createdAt"] for each in answers}) == 1  # the time of the transaction
    for line in lines:
        assert balances(database, customer, line) == ledger(database, customer, line) == (50, 0, 0)


def test_who_does_not_fit_takes_no_neighbour_along(database: Database, customer: Customer) -> None:
    line, full = (add_line(database, customer.id, name, "100") for name in ("Eng", "Ops"))
    answers = at_once(
        database,
        customer,
        lambda at: [at.hold(full, 101, "PR-1"), at.hold(line, 1, "PR-2"), at.hold(line, 2, "PR-3", "a key")],
    )
    assert [each and each["amount"] for each in answers] == [None, 1, 2]
    assert balances(database, customer, full) == (0, 0, 0)
    assert balances(database, customer, line) == ledger(database, customer, line) == (3, 0, 0)


def test_a_key_and_a_reference_that_come_twice_at_once_are_held_once(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    same_key = at_once(database, customer, lambda at: [at.hold(line, 1, f"PR-{n}", "the key") for n in range(3)])
    same_reference = at_once(database, customer, lambda at: [at.hold(line, 1, "PR-9", f"key-{n}") for n in range(3)])
    assert (
        [each is not None for each in same_key] == [each is not None for each in same_reference] == [True, False, False]
    )
    assert balances(database, customer, line) == ledger(database, customer, line) == (2, 0, 0)


def test_a_line_that_somebody_holds_lets_all_go_alone_after_a_moment(database: Database, customer: Customer) -> None:
    held, free = (add_line(database, customer.id, name, "100") for name in ("Eng", "Ops"))
    with database.tenant(customer.id) as somebody:
        somebody.execute("SELECT FROM budget WHERE id = %s FOR UPDATE", (held,))
        answers = at_once(database, customer, lambda at: [at.hold(held, 1, "PR-1"), at.hold(free, 1, "PR-2")])
    assert answers == [None, None]
    assert balances(database, customer, free) == ledger(database, customer, free) == (0, 0, 0)
