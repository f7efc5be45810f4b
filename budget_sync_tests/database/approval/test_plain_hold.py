"""The one round trip of a reserve that fits, and what it leaves to the long way with nothing done."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from budget_sync.approval.check import SET_TENANT
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.plain_hold import hold_at_once
from budget_sync.approval.reservation_types import ReservationAnswer, ReserveRequest, Share
from budget_sync.approval.reservations import read_reservation
from budget_sync.database import Database
from budget_sync.database.direct import open_direct
from budget_sync.importing.customers import Customer
from budget_sync_tests.api.purchases import balances, ledger
from budget_sync_tests.budget_lines import add_line


def hold(
    database: Database, customer: Customer, line: UUID, **members: Any
) -> tuple[ReservationAnswer | None, ReservationAnswer | None]:
    """What it answers, and what then stands."""
    amount = members.pop("amount", Decimal("10.50"))
    request = ReserveRequest(amount, members.pop("reference", "PR-1"), shares=(Share(line, amount),), **members)
    terms = CustomerTerms(customer.id, "EUR", 1)

    async def scene() -> tuple[ReservationAnswer | None, ReservationAnswer | None]:
        async with await open_direct(database.app_conninfo) as connection, connection.transaction():
            await connection.execute(SET_TENANT, (str(customer.id),))
            answer = await hold_at_once(connection, terms, request, request.shares, "test")
            return answer, await read_reservation(connection, answer.reservation_id) if answer else None

    return asyncio.run(scene())


def test_what_it_answers_is_what_stands(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    answer, standing = hold(database, customer, line)
    assert answer is not None
    assert answer == standing
    assert balances(database, customer, line) == ledger(database, customer, line) == (Decimal("10.5"), 0, 0)


@pytest.mark.parametrize(
    ("members", "state"),
    [
        ({"amount": Decimal("100.01")}, "open"),
        ({"currency": "USD"}, "open"),
        ({"override_reason": "The board said so"}, "open"),
        ({}, "closed"),
    ],
    ids=str,
)
def test_what_is_in_the_way_leaves_nothing_behind(
    database: Database, customer: Customer, members: dict[str, Any], state: str
) -> None:
    line = add_line(database, customer.id, "Eng", "100", state=state)
    assert hold(database, customer, line, **members) == (None, None)
    assert balances(database, customer, line) == ledger(database, customer, line) == (0, 0, 0)


def test_a_reference_that_is_taken_and_a_line_that_is_not_there_leave_nothing_behind(
    database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    assert hold(database, customer, line)[0] is not None
    assert hold(database, customer, line) == (None, None)
    assert hold(database, customer, uuid4(), reference="PR-2") == (None, None)
    assert balances(database, customer, line) == ledger(database, customer, line) == (Decimal("10.5"), 0, 0)
