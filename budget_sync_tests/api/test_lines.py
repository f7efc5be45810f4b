"""Budget lines by hand: made once, changed from what was read, never taken away while money stands on them."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync_tests.api.purchases import hold
from budget_sync_tests.api.running import SharedService, client_with
from budget_sync_tests.budget_lines import add_line

LINE = {"department": "Engineering", "subCategory": "Software", "fiscalPeriod": "FY2025", "budgetedAmount": 500.25}


@pytest.fixture
def customer(shared_service: SharedService) -> Customer:
    """A customer of the test's own."""
    return create_customer(shared_service.database, f"c{uuid4().hex}")


@pytest.fixture
def database(shared_service: SharedService) -> Database:
    """The database of the shared service."""
    return shared_service.database


@pytest.fixture
def admin(shared_service: SharedService, database: Database, customer: Customer) -> httpx.Client:
    """A client with every scope."""
    return client_with(shared_service.address, create_key(database, customer.id, scopes=SCOPES))


def made(admin: httpx.Client, **members: Any) -> httpx.Response:
    """A new line."""
    return admin.post("/api/budgets", json=LINE | members)


def revisions(database: Database, customer: Customer, line_id: str) -> list[tuple[Any, ...]]:
    """What the line went through."""
    with database.tenant(customer.id) as connection:
        return connection.execute(
            "SELECT change, old_amount, new_amount, old_source FROM budget_revision WHERE budget_id = %s ORDER BY id",
            (line_id,),
        ).fetchall()


def test_a_made_line_answers_checks_and_is_read_with_its_etag(admin: httpx.Client) -> None:
    line = made(admin)
    assert line.status_code == 201, line.text
    assert (line.json()["currency"], line.json()["source"]) == ("EUR", "manual")
    read = admin.get(f"/api/budgets/{line.json()['id']}")
    assert (read.json(), read.headers["etag"]) == (line.json(), line.headers["etag"])
    question = {"department": "engineering", "subCategory": "SOFTWARE", "fiscalPeriod": "FY2025", "amount": 500.25}
    assert admin.post("/api/budget/check", json=question).json()["available"] is True


def test_a_place_has_one_line(admin: httpx.Client) -> None:
    made(admin)
    again = made(admin, department="  ENGINEERING ")
    assert (again.status_code, again.json()["code"]) == (409, "line_exists")
    assert made(admin, currency="USD").status_code == 201
    assert made(admin, lineType="revenue").status_code == 201


@pytest.mark.parametrize(
    "members",
    [
        {"department": " "},
        {"department": "\x00"},
        {"fiscalPeriod": "2025"},
        {"budgetedAmount": 1.00001},
        {"budgetedAmount": 10**15},
        {"budgetedAmount": "500"},
        {"budgetedAmount": None},
        {"currency": "EURO"},
        {"lineType": "gain"},
        {"reserved": 1},
        {"id": "0198a9c4-0000-7000-8000-0000000000aa"},
    ],
)
def test_what_does_not_fit_is_400(admin: httpx.Client, members: dict[str, Any]) -> None:
    assert made(admin, **members).status_code == 400


def test_a_negative_line_may_stand_and_has_nothing_available(admin: httpx.Client) -> None:
    line = made(admin, budgetedAmount=-20).json()
    assert line["utilization"] == {
        "committed": 0,
        "reserved": 0,
        "actualSpent": 0,
        "available": -20,
        "utilizationPercent": None,
    }


def test_of_two_who_change_a_line_the_second_is_told(admin: httpx.Client) -> None:
    line = made(admin)
    path, tag = f"/api/budgets/{line.json()['id']}", {"If-Match": line.headers["etag"]}
    first = admin.patch(path, json={"budgetedAmount": 600}, headers=tag)
    assert (first.status_code, first.json()["budgetedAmount"]) == (200, 600)
    second = admin.patch(path, json={"budgetedAmount": 700}, headers=tag)
    assert (second.status_code, second.json()["code"]) == (412, "precondition_failed")
    assert admin.delete(path, headers=tag).status_code == 412
    assert admin.patch(path, json={"budgetedAmount": 700}).status_code == 400


def test_a_reservation_does_not_make_what_was_read_stale(admin: httpx.Client) -> None:
    line = made(admin)
    path = f"/api/budgets/{line.json()['id']}"
    assert hold(admin, line.json()["id"], 100).status_code == 201
    cut = admin.patch(path, json={"budgetedAmount": 80}, headers={"If-Match": line.headers["etag"]})
    assert (cut.status_code, cut.json()["utilization"]["available"]) == (200, -20)


def test_a_closed_line_takes_no_reservation_until_it_is_opened(admin: httpx.Client) -> None:
    line = made(admin)
    path = f"/api/budgets/{line.json()['id']}"
    closed = admin.patch(path, json={"state": "closed"}, headers={"If-Match": line.headers["etag"]})
    assert hold(admin, line.json()["id"], 1).json()["code"] == "budget_closed"
    admin.patch(path, json={"state": "open"}, headers={"If-Match": closed.headers["etag"]})
    assert hold(admin, line.json()["id"], 1).status_code == 201


def test_every_step_has_its_revision_and_its_audit_row(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    line = made(admin)
    path = f"/api/budgets/{line.json()['id']}"
    changed = admin.patch(
        path, json={"budgetedAmount": 600, "state": "closed"}, headers={"If-Match": line.headers["etag"]}
    )
    assert admin.delete(path, headers={"If-Match": changed.headers["etag"]}).status_code == 204
    old, new = Decimal("500.25"), Decimal(600)
    assert revisions(database, customer, line.json()["id"]) == [
        ("created", None, old, None),
        ("updated", old, new, "manual"),
        ("closed", old, new, "manual"),
        ("removed", new, None, "manual"),
    ]
    entries = admin.get("/api/audit", params={"subject": line.json()["id"]}).json()["entries"]
    assert [entry["action"] for entry in entries] == ["budget.delete", "budget.change", "budget.create"]


def test_a_change_that_changes_nothing_leaves_no_trace(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    line = made(admin)
    path = f"/api/budgets/{line.json()['id']}"
    same = admin.patch(path, json={"budgetedAmount": 500.250}, headers={"If-Match": line.headers["etag"]})
    assert same.headers["etag"] == line.headers["etag"]
    assert len(revisions(database, customer, line.json()["id"])) == 1


@pytest.mark.parametrize("standing", ["reserved", "committed"])
def test_a_line_with_money_on_it_is_not_taken_away(
    admin: httpx.Client, database: Database, customer: Customer, standing: str
) -> None:
    amounts = {standing: "10"}
    path = f"/api/budgets/{add_line(database, customer.id, 'Sales', '100', **amounts)}"  # type: ignore[arg-type]
    tag = admin.get(path).headers["etag"]
    refused = admin.delete(path, headers={"If-Match": tag})
    assert (refused.status_code, refused.json()["code"], refused.json()[standing]) == (409, "money_stands", 10)
    assert admin.get(path).status_code == 200


def test_a_line_that_is_gone_is_not_found_and_its_place_is_free(admin: httpx.Client) -> None:
    line = made(admin)
    path = f"/api/budgets/{line.json()['id']}"
    admin.delete(path, headers={"If-Match": line.headers["etag"]})
    assert admin.get(path).status_code == 404
    assert admin.get("/api/budgets").json()["budgets"] == []
    assert made(admin).status_code == 201


def test_an_upload_that_replaces_leaves_lines_by_hand_alone(admin: httpx.Client) -> None:
    made(admin)
    rows = [["Department", "Category", "Fiscal Year", "Budget"], ["Engineering", "Hardware", "FY2025", 1]]
    body = {"rows": rows, "options": {"mode": "replace"}}
    assert admin.post("/api/excel/import", json=body).json()["stats"]["removed"] == 0
    assert admin.get("/api/budgets").json()["count"] == 2
