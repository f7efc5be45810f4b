"""Money over HTTP: held, bound, spent and given back, and never above the cap."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.purchases import EVERYTHING, balances, hold, ledger, post
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line


def test_a_purchase_goes_from_reserve_to_spent(buyer: httpx.Client, database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Engineering/Software", "1000")
    body = {
        "department": " engineering",
        "subCategory": "SOFTWARE",
        "fiscalPeriod": "2025-03",
        "amount": 400.25,
        "externalReference": "PR-1",
    }
    held = post(buyer, "reserve", body)
    assert (held.status_code, held.json()["state"], held.json()["reserved"]) == (201, "reserved", 400.25)
    reservation = {"reservationId": held.json()["reservationId"]}
    committed = post(buyer, "commit", reservation | {"amount": 300, "final": True})
    assert (committed.json()["state"], committed.json()["committed"]) == ("committed", 300)
    assert post(buyer, "spend", reservation | {"amount": 100}).json()["state"] == "partially_spent"
    assert post(buyer, "spend", reservation | {"amount": 250}).json()["actualSpent"] == 350
    assert balances(database, customer, line) == ledger(database, customer, line) == (0, 350, 350)
    status = buyer.get(f"/api/budget/status/{reservation['reservationId']}").json()
    assert [entry["kind"] for entry in status["entries"]] == [
        "reserve",
        "commit",
        "release",
        "spend",
        "spend",
        "overrun",
    ]


def test_what_is_released_or_closed_is_available_again(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    first, second = (hold(buyer, line, 50).json()["reservationId"] for _ in range(2))
    assert post(buyer, "release", {"reservationId": first}).json()["state"] == "released"
    post(buyer, "commit", {"reservationId": second})
    assert post(buyer, "close", {"reservationId": second}).json()["state"] == "spent"
    assert balances(database, customer, line) == ledger(database, customer, line) == (0, 0, 0)
    assert hold(buyer, line, 100).status_code == 201


def test_more_than_is_available_is_refused_with_every_number(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100", committed="30", reserved="20")
    answer = hold(buyer, line, 50.01)
    body = answer.json()
    assert (answer.status_code, body["code"]) == (422, "insufficient_budget")
    assert {name: body[name] for name in ("requested", "budgetedAmount", "committed", "reserved", "available")} == {
        "requested": 50.01,
        "budgetedAmount": 100,
        "committed": 30,
        "reserved": 20,
        "available": 50,
    }
    assert body["shortfall"] == 0.01
    assert hold(buyer, line, 50).status_code == 201


def test_an_edited_request_does_not_compete_with_itself(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    reservation = hold(buyer, line, 80).json()["reservationId"]
    question = {"department": "Eng", "fiscalPeriod": "FY2025", "amount": 90}
    assert buyer.post("/api/budget/check", json=question).json()["available"] is False
    edited = question | {"excludeReservationId": reservation}
    assert buyer.post("/api/budget/check", json=edited).json()["available"] is True
    unknown = question | {"excludeReservationId": str(uuid4())}
    assert buyer.post("/api/budget/check", json=unknown).status_code == 404


@pytest.mark.parametrize("clients", [16])
def test_many_clients_on_one_line_get_exactly_what_fits(
    buyer: httpx.Client, database: Database, customer: Customer, clients: int
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    with ThreadPoolExecutor(clients) as pool:
        statuses = list(pool.map(lambda _: hold(buyer, line, 1).status_code, range(160)))
    assert statuses.count(201) == 100
    assert statuses.count(422) == 60
    assert balances(database, customer, line) == ledger(database, customer, line) == (100, 0, 0)


def test_several_lines_are_held_all_or_none(buyer: httpx.Client, database: Database, customer: Customer) -> None:
    wide, narrow = add_line(database, customer.id, "Eng/A", "100"), add_line(database, customer.id, "Eng/B", "10")
    parts = [{"budgetId": str(wide), "amount": 50}, {"budgetId": str(narrow), "amount": 11}]
    refused = post(buyer, "reserve", {"amount": 61, "externalReference": "PR-1", "allocations": parts})
    assert (refused.status_code, refused.json()["budgetId"]) == (422, str(narrow))
    assert balances(database, customer, wide) == (0, 0, 0)
    parts[1]["amount"] = 10
    held = post(buyer, "reserve", {"amount": 60, "externalReference": "PR-1", "allocations": parts})
    assert held.status_code == 201
    assert len(held.json()["allocations"]) == 2


def test_lines_taken_in_both_orders_never_wait_in_a_ring(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    lines = [add_line(database, customer.id, f"Eng/{name}", "1000") for name in "AB"]

    def hold_and_release(number: int) -> int:
        order = lines if number % 2 else lines[::-1]
        parts = [{"budgetId": str(line), "amount": 1} for line in order]
        body = {"amount": 2, "externalReference": f"PR-{number}", "allocations": parts}
        reservation = post(buyer, "reserve", body).json()["reservationId"]
        return post(buyer, "release", {"reservationId": reservation}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(hold_and_release, range(60))) == {200}
    assert [balances(database, customer, line) for line in lines] == [(0, 0, 0)] * 2


def test_a_place_of_several_lines_needs_allocations(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    lines = [add_line(database, customer.id, f"Eng/{name}", "100") for name in "AB"]
    body = {"department": "Eng", "fiscalPeriod": "FY2025", "amount": 1, "externalReference": "PR-1"}
    answer = post(buyer, "reserve", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "ambiguous_budget")
    assert {line["budgetId"] for line in answer.json()["lines"]} == {str(line) for line in lines}


@pytest.mark.parametrize(
    ("members", "line", "code"),
    [
        ({"department": "Nobody"}, {}, "no_budget"),
        ({}, {"state": "closed"}, "budget_closed"),
        ({"currency": "USD"}, {}, "currency_mismatch"),
        ({}, {"line_type": "revenue"}, "no_budget"),
    ],
)
def test_a_place_without_a_line_says_why(
    buyer: httpx.Client,
    database: Database,
    customer: Customer,
    members: dict[str, str],
    line: dict[str, str],
    code: str,
) -> None:
    add_line(database, customer.id, "Eng", "100", **line)
    body = {"department": "Eng", "fiscalPeriod": "FY2025", "amount": 1, "externalReference": "PR-1"} | members
    answer = post(buyer, "reserve", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_an_override_passes_the_cap_and_stands_in_the_ledger(
    service: str, buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "10")
    held = hold(buyer, line, 100, overrideReason="The board said so")
    assert held.status_code == 201
    (entry,) = buyer.get(f"/api/budget/status/{held.json()['reservationId']}").json()["entries"]
    assert (entry["kind"], entry["reason"]) == ("override", "The board said so")
    with client_with(service, create_key(database, customer.id, scopes=["reserve"])) as clerk:
        assert hold(clerk, line, 100, overrideReason="I say so").status_code == 403


@pytest.mark.parametrize(("action", "status"), [("stop", 422), ("warn", 201), ("ignore", 201)])
def test_a_rule_may_let_a_reserve_pass_above_the_cap(
    buyer: httpx.Client, database: Database, customer: Customer, action: str, status: int
) -> None:
    line = add_line(database, customer.id, "Eng/Software", "10")
    with database.tenant(customer.id) as connection:
        connection.execute(
            "INSERT INTO approval_rule (customer_id, department, department_key, when_exceeded)"
            " VALUES (%s, 'Eng', 'eng', %s)",
            (customer.id, action),
        )
    held = hold(buyer, line, 11)
    assert held.status_code == status
    if status == 201:
        (entry,) = buyer.get(f"/api/budget/status/{held.json()['reservationId']}").json()["entries"]
        assert (entry["kind"], entry["reason"]) == ("override", f"rule: {action}")


def test_amounts_beyond_what_the_table_holds_are_refused(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "10")
    statuses = [hold(buyer, line, 999_999_999_999_999, overrideReason="All of it").status_code for _ in range(2)]
    assert statuses == [201, 422]


def test_the_state_of_a_reservation_forbids_what_does_not_follow(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    reservation = {"reservationId": hold(buyer, line, 10).json()["reservationId"]}
    assert post(buyer, "spend", reservation).status_code == 409
    assert post(buyer, "commit", reservation | {"amount": 11}).json()["code"] == "amount_exceeds_reservation"
    assert post(buyer, "release", reservation).status_code == 200
    assert post(buyer, "commit", reservation).status_code == 409


def test_another_customers_line_and_reservation_are_not_found(
    service: str, buyer: httpx.Client, database: Database, customer: Customer, other_customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    reservation = hold(buyer, line, 10).json()["reservationId"]
    with client_with(service, create_key(database, other_customer.id, scopes=EVERYTHING)) as stranger:
        assert hold(stranger, line, 1).status_code == 404
        assert hold(stranger, line, 1, currency="EUR").status_code == 404
        for call in ("commit", "spend", "close", "release"):
            assert post(stranger, call, {"reservationId": reservation}).status_code == 404
        assert stranger.get(f"/api/budget/status/{reservation}").status_code == 404
    assert balances(database, customer, line) == (10, 0, 0)


SOME_LINE = "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10"
HOSTILE: list[dict[str, Any]] = [
    {},
    {"amount": 1, "externalReference": "x"},
    {"amount": 1, "externalReference": "x", "budgetId": SOME_LINE, "department": "E", "fiscalPeriod": "FY2025"},
    {"amount": 1, "externalReference": "x", "department": "E"},
    {"amount": 1, "externalReference": "x", "budgetId": "1"},
    {"amount": 1, "externalReference": "", "budgetId": SOME_LINE},
    {"amount": 1, "externalReference": "a\0", "budgetId": SOME_LINE},
    {"amount": 0, "externalReference": "x", "budgetId": SOME_LINE},
    {"amount": "1", "externalReference": "x", "budgetId": SOME_LINE},
    {"amount": 1.00001, "externalReference": "x", "budgetId": SOME_LINE},
    {"amount": 1, "externalReference": "x", "allocations": []},
    {"amount": 2, "externalReference": "x", "allocations": [{"budgetId": SOME_LINE, "amount": 1}]},
    {"amount": 1, "externalReference": "x", "budgetId": SOME_LINE, "expiresAt": "2020-01-01T00:00:00Z"},
    {"amount": 1, "externalReference": "x", "budgetId": SOME_LINE, "expiresAt": "9999-01-01T00:00:00Z"},
    {"amount": 1, "externalReference": "x", "budgetId": SOME_LINE, "expiresAt": "soon"},
    {"amount": 1, "externalReference": "x", "budgetId": SOME_LINE, "state": "spent"},
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: str(body)[:90])
def test_what_is_no_reservation_is_refused(shared_client: httpx.Client, body: dict[str, Any]) -> None:
    answer = post(shared_client, "reserve", body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
