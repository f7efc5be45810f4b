"""Reserves that are held together, and what of them is left to go alone with nothing done."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from budget_sync.approval.check import SET_TENANT
from budget_sync.approval.plain_hold import PlainHold, hold_at_once
from budget_sync.approval.reservation_reading import read_reservation
from budget_sync.approval.reservation_types import ReservationAnswer, ReserveRequest, Share
from budget_sync.database import Database
from budget_sync.database.direct import open_direct
from budget_sync.importing.customers import Customer
from budget_sync.loading.locks import lock_customer
from budget_sync_tests.api.purchases import balances, ledger
from budget_sync_tests.budget_lines import add_line

Answers = list[ReservationAnswer | None]


def wish(line: UUID, amount: str = "10.50", reference: str = "PR-1", **members: Any) -> PlainHold:
    request = ReserveRequest(Decimal(amount), reference, shares=(Share(line, Decimal(amount)),), **members)
    return PlainHold(request, line, "test")


def hold(database: Database, customer: Customer, *wishes: PlainHold) -> tuple[Answers, Answers]:
    """What is answered, and what then stands."""

    async def scene() -> tuple[Answers, Answers]:
        async with await open_direct(database.app_conninfo) as connection, connection.transaction():
            await connection.execute(SET_TENANT, (str(customer.id),))
            answers = await hold_at_once(connection, customer.id, wishes)
            standing = [await read_reservation(connection, each.reservation_id) if each else None for each in answers]
            return answers, standing

    return asyncio.run(scene())


def test_what_is_answered_is_what_stands(database: Database, customer: Customer) -> None:
    one, other = (add_line(database, customer.id, name, "100") for name in ("Eng", "Ops"))
    wishes = [wish(one), wish(other, "7", "PR-2"), wish(one, "0.0001", "PR-3", currency="EUR")]
    answers, standing = hold(database, customer, *wishes)
    assert None not in answers
    assert answers == standing
    assert balances(database, customer, one) == ledger(database, customer, one) == (Decimal("10.5001"), 0, 0)
    assert balances(database, customer, other) == ledger(database, customer, other) == (7, 0, 0)


@pytest.mark.parametrize(
    ("members", "state"),
    [({"amount": "100.01"}, "open"), ({"currency": "USD"}, "open"), ({}, "closed")],
    ids=str,
)
def test_what_is_in_the_way_of_one_leaves_nothing_behind_and_its_neighbour_alone(
    database: Database, customer: Customer, members: dict[str, Any], state: str
) -> None:
    line = add_line(database, customer.id, "Eng", "100", state=state)
    neighbour = add_line(database, customer.id, "Ops", "100")
    (answer, beside), _ = hold(database, customer, wish(line, **members), wish(neighbour, "1", "PR-2"))
    assert answer is None
    assert beside is not None
    assert balances(database, customer, line) == ledger(database, customer, line) == (0, 0, 0)
    assert balances(database, customer, neighbour) == ledger(database, customer, neighbour) == (1, 0, 0)


def test_those_that_do_not_fit_together_are_not_held_together(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    answers, _ = hold(database, customer, wish(line, "60"), wish(line, "60", "PR-2"))
    assert answers == [None, None]
    assert balances(database, customer, line) == ledger(database, customer, line) == (0, 0, 0)


def test_a_reference_that_is_taken_and_a_line_that_is_not_there_leave_nothing_behind(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    foreign = add_line(database, other_customer.id, "Eng", "100")
    assert hold(database, customer, wish(line))[0] != [None]
    answers, _ = hold(
        database, customer, wish(line), wish(uuid4(), "1", "PR-2"), wish(foreign, "1", "PR-3"), wish(line, "1", "PR-4")
    )
    assert [answer is not None for answer in answers] == [False, False, False, True]
    assert balances(database, customer, line) == ledger(database, customer, line) == (Decimal("11.5"), 0, 0)
    assert balances(database, other_customer, foreign) == (0, 0, 0)


def test_several_lines_are_not_locked_while_an_import_runs(database: Database, customer: Customer) -> None:
    lines = [add_line(database, customer.id, name, "100") for name in ("Eng", "Ops")]
    wishes = [wish(line, "1", f"PR-{number}") for number, line in enumerate(lines)]
    with database.tenant(customer.id) as importing:
        lock_customer(importing, customer.id)
        assert hold(database, customer, *wishes)[0] == [None, None]
        assert hold(database, customer, wishes[0])[0] != [None]  # one line alone waits for that line only
    assert None not in hold(database, customer, wishes[1], wish(lines[0], "1", "PR-3"))[0]
