"""Customers are made, changed and ended by operators alone."""

from collections.abc import Iterator

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync.importing.operators import create_operator_key
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.waiting import wait_until


@pytest.fixture
def operator(service: str, database: Database) -> Iterator[httpx.Client]:
    """An operator, who belongs to no customer."""
    with client_with(service, create_operator_key(database)) as opened:
        yield opened


def test_a_made_customer_is_read_listed_and_given_its_first_key(operator: httpx.Client) -> None:
    body = {"slug": "initech", "name": "Initech", "currency": "USD", "fiscalYearStart": 7}
    made = operator.post("/api/customers", json=body)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    assert made.json() | body == made.json()
    assert operator.get(f"/api/customers/{made.json()['id']}").json() == made.json()
    key = operator.post("/api/keys", json={"customerId": made.json()["id"], "scopes": ["admin"]})
    assert key.status_code == 201


def test_the_list_goes_page_by_page(operator: httpx.Client) -> None:
    for slug in ("a", "c", "b-1", "b"):
        operator.post("/api/customers", json={"slug": slug})
    first = operator.get("/api/customers", params={"limit": 3}).json()
    rest = operator.get("/api/customers", params={"limit": 3, "cursor": first["nextCursor"]}).json()
    assert [each["slug"] for each in first["customers"] + rest["customers"]] == ["a", "b", "b-1", "c"]
    assert rest["nextCursor"] is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"slug": "acme"}, 409),
        ({"slug": "Not a slug"}, 400),
        ({"slug": "x", "currency": "euro"}, 400),
        ({"slug": "x", "fiscalYearStart": 13}, 400),
        ({"slug": "x", "name": "x" * 501}, 400),
        ({"slug": "x", "id": "0198a9c4-0000-7000-8000-0000000000aa"}, 400),
    ],
)
@pytest.mark.usefixtures("customer")
def test_what_does_not_fit_is_refused(operator: httpx.Client, body: dict[str, object], status: int) -> None:
    assert operator.post("/api/customers", json=body).status_code == status


def test_a_change_names_its_version_and_reaches_the_keys_at_once(
    operator: httpx.Client, service: str, database: Database, customer: Customer
) -> None:
    path = f"/api/customers/{customer.id}"
    add_line(database, customer.id, "Engineering", "100", currency="USD")
    question = {"department": "Engineering", "fiscalPeriod": "FY2025", "amount": 1}
    with client_with(service, create_key(database, customer.id)) as client:
        assert client.post("/api/budget/check", json=question).json()["reasonCode"] == "currency_mismatch"
        changed = operator.patch(path, json={"currency": "USD"}, headers={"If-Match": '"1"'})
        assert (changed.status_code, changed.json()["currency"]) == (200, "USD")
        wait_until(
            lambda: client.post("/api/budget/check", json=question).json()["reasonCode"] == "auto_approved",
            "the worker knows the new currency",
            seconds=2.5,
        )
    assert operator.patch(path, json={"name": "New"}, headers={"If-Match": '"1"'}).status_code == 412
    assert operator.patch(path, json={"name": "New"}).status_code == 400


def test_the_fiscal_year_is_fixed_once_there_are_lines(
    operator: httpx.Client, database: Database, customer: Customer
) -> None:
    path = f"/api/customers/{customer.id}"
    assert operator.patch(path, json={"fiscalYearStart": 7}, headers={"If-Match": '"1"'}).status_code == 200
    add_line(database, customer.id, "Engineering", "100")
    refused = operator.patch(path, json={"fiscalYearStart": 4}, headers={"If-Match": '"2"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "fiscal_year_fixed")
    assert operator.patch(path, json={"name": "Still"}, headers={"If-Match": '"2"'}).status_code == 200


def test_a_customer_that_ends_takes_its_keys_with_it(
    operator: httpx.Client, service: str, database: Database, customer: Customer
) -> None:
    path, tag = f"/api/customers/{customer.id}", {"If-Match": '"1"'}
    with client_with(service, create_key(database, customer.id)) as client:
        assert client.get("/api/budgets").status_code == 200
        assert operator.delete(path, headers=tag).status_code == 204
        wait_until(lambda: client.get("/api/budgets").status_code == 401, "the key is refused")
    assert operator.get(path).status_code == 404
    assert operator.get("/api/customers").json()["customers"] == []
    assert operator.post("/api/customers", json={"slug": "acme"}).status_code == 409


def test_a_customer_with_money_held_does_not_end(
    operator: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Engineering", "100", reserved="1")
    refused = operator.delete(f"/api/customers/{customer.id}", headers={"If-Match": '"1"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "money_stands")


def test_an_operator_sees_no_budget_and_a_customer_no_customers(operator: httpx.Client, client: httpx.Client) -> None:
    assert operator.get("/api/budgets").status_code == 403
    assert client.get("/api/customers").status_code == 403
