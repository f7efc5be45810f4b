"""One effect and one answer for one key, however often and by how many it is sent."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.api.purchases import balances, hold, post
from budget_sync_tests.budget_lines import add_line


def test_the_same_key_has_one_effect_and_one_answer(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    body = {"budgetId": str(line), "amount": 10, "externalReference": "PR-1"}
    first, second = (post(buyer, "reserve", body, "key-1") for _ in range(2))
    assert first.json() == second.json()
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["idempotency-replayed"] == "true"
    assert balances(database, customer, line) == (10, 0, 0)


def test_the_same_key_sent_by_many_at_once_has_one_effect(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    body = {"budgetId": str(line), "amount": 10, "externalReference": "PR-1"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(buyer, "reserve", body, "key-1"), range(24)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all(answer.json()["code"] == "in_progress" for answer in answers if answer.status_code == 409)
    assert balances(database, customer, line) == (10, 0, 0)


def test_a_refusal_is_the_answer_of_its_key_too(buyer: httpx.Client, database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "5")
    body = {"budgetId": str(line), "amount": 10.0001, "externalReference": "PR-1"}
    first = post(buyer, "reserve", body, "key-1")
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET budgeted_amount = 100 WHERE id = %s", (line,))
    second = post(buyer, "reserve", body, "key-1")
    assert (first.status_code, second.status_code) == (422, 422)
    assert first.json() | {"requestId": ""} == second.json() | {"requestId": ""}
    assert post(buyer, "reserve", body, "key-2").status_code == 201


def test_a_key_used_for_another_body_is_refused(buyer: httpx.Client, database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    for amount, status in ((10, 201), (11, 422)):
        body = {"budgetId": str(line), "amount": amount, "externalReference": "PR-1"}
        answer = post(buyer, "reserve", body, "key-1")
        assert answer.status_code == status
    assert answer.json()["code"] == "idempotency_key_reused"


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "\u00e9"])
def test_a_call_without_a_good_key_is_400(shared_client: httpx.Client, key: str) -> None:
    answer = shared_client.post(
        "/api/budget/release",
        json={"reservationId": str(uuid4())},
        headers={"Idempotency-Key": key.encode("latin-1")},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_an_external_reference_is_taken_for_good(buyer: httpx.Client, database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")
    first = hold(buyer, line, 1, externalReference="PR-1").json()["reservationId"]
    post(buyer, "release", {"reservationId": first})
    again = hold(buyer, line, 1, externalReference="PR-1")
    assert (again.status_code, again.json()["code"]) == (409, "duplicate_reference")
