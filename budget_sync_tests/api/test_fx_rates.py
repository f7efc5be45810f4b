"""Rates are recorded for a day, named in the answers that use them, and taken back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.purchases import balances, ledger, post
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line

PATH = "/api/fx-rates"
RATE = {"fromCurrency": "USD", "toCurrency": "EUR", "rate": 0.8000000001, "validOn": "2025-01-01"}


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """A client that may record rates and ask checks."""
    with client_with(service, create_key(database, customer.id, scopes=["admin", "check", "reserve"])) as opened:
        yield opened


def test_a_rate_answers_for_another_currency_until_it_is_taken_back(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Eng", "100", currency="USD")
    question = {"department": "Eng", "fiscalPeriod": "FY2025", "amount": 80, "currency": "EUR"}
    assert admin.post("/api/budget/check", json=question).json()["reasonCode"] == "currency_mismatch"
    recorded = admin.post(PATH, json=RATE)
    assert recorded.status_code == 201
    answer = admin.post("/api/budget/check", json=question).json()
    assert (answer["available"], answer["budget"]["currency"]) == (True, "EUR")
    assert answer["details"]["rates"] == [{"fromCurrency": "USD", "rate": 0.8000000001, "validOn": "2025-01-01"}]
    assert admin.delete(f"{PATH}/{recorded.json()['id']}", headers={"If-Match": '"1"'}).status_code == 204
    assert admin.get(PATH).json()["count"] == 0
    assert admin.post("/api/budget/check", json=question).json()["reasonCode"] == "currency_mismatch"


@pytest.mark.parametrize("by_names", [True, False])
def test_a_reserve_in_another_currency_holds_what_the_check_says_by_the_same_rate(
    admin: httpx.Client, database: Database, customer: Customer, by_names: bool
) -> None:
    line = add_line(database, customer.id, "Eng", "100", currency="USD")
    place = {"department": "Eng", "fiscalPeriod": "FY2025"} if by_names else {"budgetId": str(line)}

    def reserve(amount: float, reference: str) -> httpx.Response:
        return post(admin, "reserve", place | {"amount": amount, "currency": "EUR", "externalReference": reference})

    def covered(amount: float) -> bool:
        question = {"department": "Eng", "fiscalPeriod": "FY2025", "amount": amount, "currency": "EUR"}
        answer: bool = admin.post("/api/budget/check", json=question).json()["available"]
        return answer

    refused = reserve(1, "PR-1")
    assert (refused.status_code, refused.json()["code"]) == (422, "currency_mismatch")
    admin.post(PATH, json=RATE | {"rate": 0.75})
    assert [covered(amount) for amount in (75, 75.0001)] == [True, False]
    refused = reserve(75.0001, "PR-2").json()
    assert (refused["code"], refused["requested"], refused["currency"]) == ("insufficient_budget", 100.0002, "USD")
    assert refused["conversion"]["amount"] == 75.0001
    reserved = reserve(50, "PR-3").json()
    assert (reserved["amount"], reserved["currency"]) == (66.6667, "USD")
    assert reserved["conversion"] == {"amount": 50, "currency": "EUR", "rate": 0.75, "validOn": "2025-01-01"}
    assert [covered(amount) for amount in (24.9999, 25)] == [True, False]
    committed = post(admin, "commit", {"reservationId": reserved["reservationId"]}).json()
    assert (committed["committed"], committed["conversion"]) == (66.6667, reserved["conversion"])
    assert balances(database, customer, line) == ledger(database, customer, line) == (0, Decimal("66.6667"), 0)


def test_several_lines_in_one_other_currency_hold_their_shares_in_it(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    lines = [add_line(database, customer.id, name, "100", currency="USD") for name in ("Eng", "Ops")]
    admin.post(PATH, json=RATE | {"rate": 0.5})
    shares = [{"budgetId": str(line), "amount": 10} for line in lines]
    body = {"amount": 20, "currency": "EUR", "externalReference": "PR-1", "allocations": shares}
    reserved = post(admin, "reserve", body).json()
    assert (reserved["amount"], reserved["currency"], reserved["conversion"]["amount"]) == (40, "USD", 20)
    assert [each["reserved"] for each in reserved["allocations"]] == [20, 20]


def test_a_rate_is_corrected_by_who_read_it_last(admin: httpx.Client) -> None:
    path = f"{PATH}/{admin.post(PATH, json=RATE).json()['id']}"
    first = {"If-Match": admin.get(path).headers["etag"]}
    answers = [admin.patch(path, json={"rate": rate}, headers=first) for rate in (0.9, 0.7)]
    assert [answer.status_code for answer in (*answers, admin.delete(path, headers=first))] == [200, 412, 412]
    assert admin.get(path).json()["rate"] == 0.9
    assert admin.patch(path, json={"rate": 0}, headers={"If-Match": answers[0].headers["etag"]}).status_code == 400
    assert admin.patch(path, json={"rate": 1}).status_code == 400
    assert admin.delete(path, headers={"If-Match": answers[0].headers["etag"]}).status_code == 204
    assert admin.get(path).status_code == 404


def test_a_day_has_one_rate(admin: httpx.Client) -> None:
    answers = [admin.post(PATH, json=RATE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert admin.get(PATH).json()["rates"][0]["rate"] == 0.8000000001


@pytest.mark.parametrize(
    "members",
    [
        {"rate": 0},
        {"rate": -1},
        {"rate": "1"},
        {"rate": 1e300},
        {"rate": 0.00000000001},
        {"toCurrency": "USD"},
        {"toCurrency": "eur"},
        {"validOn": "soon"},
        {"validOn": "2025-02-30"},
        {"id": "x"},
    ],
    ids=str,
)
def test_what_is_no_rate_is_refused(shared_client: httpx.Client, members: dict[str, Any]) -> None:
    answer = shared_client.post(PATH, json=RATE | members)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
