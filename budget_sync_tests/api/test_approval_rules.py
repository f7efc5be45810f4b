"""Rules are made, changed from the version that was read, deleted, and hold at once."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line

PATH = "/api/approval-rules"
RULE = {"department": "Engineering", "autoApprovalThreshold": 100.5, "utilizationLimit": 80}


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """A client that may change rules and ask checks."""
    with client_with(service, create_key(database, customer.id, scopes=["admin", "check"])) as opened:
        yield opened


def decided(client: httpx.Client, amount: float) -> str:
    """The reason code of a check."""
    question = {"department": "engineering", "fiscalPeriod": "FY2025", "amount": amount}
    code: str = client.post("/api/budget/check", json=question).json()["reasonCode"]
    return code


def test_a_rule_holds_from_the_moment_it_is_made_until_it_is_deleted(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Engineering", "1000")
    assert decided(admin, 100.51) == "auto_approved"
    made = admin.post(PATH, json=RULE)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    assert decided(admin, 100.51) == "above_threshold"
    assert decided(admin, 100.5) == "auto_approved"
    rule = f"{PATH}/{made.json()['id']}"
    changed = admin.patch(rule, json={"autoApprovalThreshold": 200}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json()["utilizationLimit"] == 80
    assert decided(admin, 100.51) == "auto_approved"
    assert admin.delete(rule, headers={"If-Match": '"2"'}).status_code == 204
    assert admin.get(PATH).json()["count"] == 0
    assert decided(admin, 5000) == "insufficient_budget"


def test_a_change_of_a_version_that_is_gone_is_refused(admin: httpx.Client) -> None:
    rule = f"{PATH}/{admin.post(PATH, json=RULE).json()['id']}"
    assert admin.patch(rule, json={"whenExceeded": "warn"}, headers={"If-Match": '"1"'}).status_code == 200
    for answer in (
        admin.patch(rule, json={"whenExceeded": "stop"}, headers={"If-Match": '"1"'}),
        admin.delete(rule, headers={"If-Match": '"1"'}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert admin.get(rule).headers["etag"] == '"2"'
    assert admin.get(rule).json()["whenExceeded"] == "warn"


@pytest.mark.parametrize("tag", ["", "1", '"x"', '"0"', "*", 'W/"1"'])
def test_a_change_without_a_good_etag_is_400(admin: httpx.Client, tag: str) -> None:
    rule = f"{PATH}/{admin.post(PATH, json=RULE).json()['id']}"
    assert admin.patch(rule, json={}, headers={"If-Match": tag}).status_code == 400


def test_a_place_has_one_rule_however_it_is_spelt(admin: httpx.Client) -> None:
    admin.post(PATH, json=RULE)
    again = admin.post(PATH, json=RULE | {"department": "  ENGINEERING "})
    assert (again.status_code, again.json()["code"]) == (409, "rule_exists")


def test_every_change_is_in_the_audit_log(admin: httpx.Client, database: Database, customer: Customer) -> None:
    rule = f"{PATH}/{admin.post(PATH, json=RULE).json()['id']}"
    admin.patch(rule, json={"whenExceeded": "warn"}, headers={"If-Match": '"1"'})
    admin.delete(rule, headers={"If-Match": '"2"'})
    with database.tenant(customer.id) as connection:
        rows = connection.execute(
            "SELECT action FROM audit_log WHERE action LIKE 'approval_rule.%' ORDER BY id"
        ).fetchall()
    assert [action for (action,) in rows] == ["approval_rule.create", "approval_rule.change", "approval_rule.delete"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"autoApprovalThreshold": None},
        {"autoApprovalThreshold": -1},
        {"autoApprovalThreshold": "1"},
        {"autoApprovalThreshold": 1, "utilizationLimit": 0},
        {"autoApprovalThreshold": 1, "utilizationLimit": 1001},
        {"autoApprovalThreshold": 1, "whenExceeded": "shout"},
        {"autoApprovalThreshold": 1, "subCategory": "Software"},
        {"autoApprovalThreshold": 1, "department": "a\0"},
        {"autoApprovalThreshold": 1, "version": 7},
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused(shared_client: httpx.Client, body: dict[str, Any]) -> None:
    answer = shared_client.post(PATH, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
