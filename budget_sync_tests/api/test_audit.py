"""The audit log is read page by page, the newest first, and by what was done, by whom, to what and when."""

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.running import client_with


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> httpx.Client:
    """An administrator."""
    return client_with(service, create_key(database, customer.id, scopes=["admin"]))


def test_what_was_done_is_listed_with_what_it_was_done_to(admin: httpx.Client) -> None:
    rule = admin.post("/api/approval-rules", json={"autoApprovalThreshold": 2500.5}).json()
    (newest, *_) = admin.get("/api/audit").json()["entries"]
    assert (newest["action"], newest["subject"]) == ("approval_rule.create", rule["id"])
    assert newest["details"]["autoApprovalThreshold"] == "2500.5"


def test_pages_follow_each_other_without_gap_or_repetition(admin: httpx.Client) -> None:
    for number in range(5):
        admin.post("/api/keys", json={"scopes": ["check"], "label": str(number)})
    labels, cursor = [], None
    for _ in range(3):
        parameters = {"limit": 2, "action": "key.create"} | ({"cursor": cursor} if cursor else {})
        page = admin.get("/api/audit", params=parameters).json()
        labels += [entry["details"]["label"] for entry in page["entries"]]
        cursor = page["nextCursor"]
    assert labels == ["4", "3", "2", "1", "0", ""]
    assert cursor is None


def test_filters_narrow_the_list(admin: httpx.Client) -> None:
    key = admin.post("/api/keys", json={"scopes": ["check"]}).json()["record"]
    admin.delete(f"/api/keys/{key['id']}")
    (revoked, made, *_) = admin.get("/api/audit").json()["entries"]
    for parameters, expected in (
        ({"action": "key.revoke"}, [revoked]),
        ({"subject": key["id"]}, [revoked, made]),
        ({"since": revoked["at"]}, [revoked]),
        ({"until": revoked["at"], "subject": key["id"]}, [made]),
        ({"actor": revoked["actor"]}, [revoked, made]),
        ({"actor": "nobody"}, []),
    ):
        assert admin.get("/api/audit", params=parameters).json()["entries"] == expected


@pytest.mark.parametrize(
    "parameters",
    [
        {"since": "2025-01-01T00:00:00"},
        {"since": "yesterday"},
        {"subject": "x"},
        {"cursor": "x"},
        {"cursor": "WyJ4Il0"},
        {"cursor": "WyIxIiwiMiJd"},
        {"cursor": "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OSJd"},
        {"limit": "0"},
        {"order": "asc"},
    ],
)
def test_a_filter_that_is_none_is_400(admin: httpx.Client, parameters: dict[str, str]) -> None:
    assert admin.get("/api/audit", params=parameters).status_code == 400
