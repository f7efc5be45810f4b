"""Rates are recorded for a day, named in the answers that use them, and taken back."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line

PATH = "/api/fx-rates"
RATE = {"fromCurrency": "USD", "toCurrency": "EUR", "rate": 0.8000000001, "validOn": "2025-01-01"}


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """A client that may record rates and ask checks."""
    with client_with(service, create_key(database, customer.id, scopes=["admin", "check"])) as opened:
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
    assert admin.delete(f"{PATH}/{recorded.json()['id']}").status_code == 204
    assert admin.get(PATH).json()["count"] == 0
    assert admin.post("/api/budget/check", json=question).json()["reasonCode"] == "currency_mismatch"


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
