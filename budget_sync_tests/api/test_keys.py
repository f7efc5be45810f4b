"""Keys are made, changed, rotated and revoked over HTTP; a revoked one is refused by every worker within seconds."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from api.app import create_app
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key, list_keys
from budget_sync.importing.operators import create_operator_key
from budget_sync.settings import Settings
from budget_sync_tests.api.running import client_with, running
from budget_sync_tests.waiting import wait_until

QUESTION = {"department": "Engineering", "fiscalPeriod": "FY2025", "amount": 1}


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """An administrator of the first customer."""
    with client_with(service, create_key(database, customer.id, scopes=["admin"])) as opened:
        yield opened


@pytest.fixture
def operator(service: str, database: Database) -> Iterator[httpx.Client]:
    """An operator, who belongs to no customer."""
    with client_with(service, create_operator_key(database)) as opened:
        yield opened


def made(admin: httpx.Client, **members: Any) -> dict[str, Any]:
    """A new key as the answer shows it, once."""
    answer = admin.post("/api/keys", json={"scopes": ["check"]} | members)
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


def asks(service: str, key: str) -> int:
    """The status of a check with this key."""
    with client_with(service, key) as client:
        return client.post("/api/budget/check", json=QUESTION).status_code


def test_a_made_key_opens_what_its_scopes_say(admin: httpx.Client, service: str) -> None:
    key = made(admin, label="Purchasing")
    assert (key["record"]["label"], key["record"]["useCount"]) == ("Purchasing", 0)
    assert asks(service, key["key"]) == 200
    with client_with(service, key["key"]) as client:
        assert client.get("/api/budgets").status_code == 403


def test_the_list_shows_each_key_page_by_page_and_none_of_the_secrets(admin: httpx.Client) -> None:
    secrets = {made(admin, label=str(number))["key"].rpartition("_")[2] for number in range(3)}
    first = admin.get("/api/keys", params={"limit": 2})
    rest = admin.get("/api/keys", params={"limit": 2, "cursor": first.json()["nextCursor"]})
    labels = [key["label"] for key in first.json()["keys"] + rest.json()["keys"]]
    assert labels == ["2", "1", "0", ""]
    assert rest.json()["nextCursor"] is None
    assert not any(secret in first.text + rest.text for secret in secrets)


def test_a_change_names_the_version_that_it_was_made_from(admin: httpx.Client) -> None:
    record = made(admin)["record"]
    path, tag = f"/api/keys/{record['id']}", {"If-Match": '"1"'}
    assert admin.patch(path, json={"label": "New"}).status_code == 400
    changed = admin.patch(path, json={"label": "New", "scopes": ["read", "check"]}, headers=tag)
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json()["scopes"] == ["check", "read"]
    stale = admin.patch(path, json={"label": "Newer"}, headers=tag)
    assert (stale.status_code, stale.json()["version"]) == (412, 2)


@pytest.mark.parametrize(
    "members",
    [
        {"scopes": []},
        {"scopes": ["operator"]},
        {"scopes": ["everything"]},
        {"label": "\x00"},
        {"label": "x" * 201},
        {"expiresAt": "2020-01-01T00:00:00Z"},
        {"expiresAt": "2099-01-01T00:00:00"},
        {"digest": "0"},
    ],
)
def test_terms_that_do_not_fit_are_400(admin: httpx.Client, members: dict[str, Any]) -> None:
    assert admin.post("/api/keys", json={"scopes": ["check"]} | members).status_code == 400


def test_a_revoked_key_is_refused_by_every_worker_before_its_memory_ends(
    settings: Settings, admin: httpx.Client, service: str
) -> None:
    key = made(admin)
    with running(create_app(settings)) as second:
        assert [asks(worker, key["key"]) for worker in (service, second)] == [200, 200]
        assert admin.delete(f"/api/keys/{key['record']['id']}").status_code == 204
        revoked = time.monotonic()
        wait_until(lambda: [asks(each, key["key"]) for each in (service, second)] == [401, 401], "both refuse")
        assert time.monotonic() - revoked < 2.5  # by the news: the memory alone would last 3 s


def test_without_the_news_the_memory_of_a_key_ends_by_itself(
    admin: httpx.Client, service: str, ends_listening: Callable[[], None]
) -> None:
    key = made(admin)
    assert asks(service, key["key"]) == 200
    ends_listening()
    admin.delete(f"/api/keys/{key['record']['id']}")
    wait_until(lambda: asks(service, key["key"]) == 401, "the service refuses", seconds=5)


@pytest.fixture
def ends_listening(settings: Settings) -> Callable[[], None]:
    """Cuts every connection that listens, as a network would."""
    import psycopg

    def cut() -> None:
        assert settings.database_url is not None
        with psycopg.connect(settings.database_url.get_secret_value()) as connection:
            found = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            ).fetchall()
        assert found

    return cut


def test_a_rotated_key_has_a_successor_and_a_time_of_grace(admin: httpx.Client, service: str) -> None:
    old = made(admin, label="Purchasing", scopes=["check", "read"])
    path = f"/api/keys/{old['record']['id']}"
    new = admin.post(f"{path}/rotate", json={"graceSeconds": 3600}).json()
    assert (new["record"]["label"], new["record"]["scopes"]) == ("Purchasing", ["check", "read"])
    assert [asks(service, key) for key in (old["key"], new["key"])] == [200, 200]
    until = datetime.fromisoformat(admin.get(path).json()["expiresAt"])
    assert timedelta(minutes=55) < until - datetime.now(UTC) <= timedelta(hours=1)
    admin.post(f"{path}/rotate", json={"graceSeconds": 0})
    wait_until(lambda: asks(service, old["key"]) == 401, "the old key is refused")
    assert asks(service, new["key"]) == 200


def test_a_revoked_key_cannot_come_back(admin: httpx.Client) -> None:
    record = made(admin)["record"]
    path = f"/api/keys/{record['id']}"
    assert [admin.delete(path).status_code for _ in range(2)] == [204, 204]
    changed = admin.patch(path, json={"expiresAt": None}, headers={"If-Match": '"2"'})
    assert (changed.status_code, changed.json()["code"]) == (409, "key_revoked")
    assert admin.post(f"{path}/rotate", json={}).status_code == 409


def test_uses_of_a_key_are_counted_behind_the_calls(settings: Settings, database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id)
    with running(create_app(settings)) as service:
        assert [asks(service, key) for _ in range(3)] == [200] * 3
    (record,) = list_keys(database, customer.id)  # the service that ends has written what it counted
    assert record.use_count == 3
    assert record.last_used_at is not None
    assert timedelta(0) <= datetime.now(UTC) - record.last_used_at < timedelta(minutes=1)


def test_what_administers_keys_is_written_in_the_audit_log(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    record = made(admin)["record"]
    admin.delete(f"/api/keys/{record['id']}")
    with database.tenant(customer.id) as connection:
        rows = connection.execute(
            "SELECT action, actor, details->>'keyId' FROM audit_log WHERE subject = %s ORDER BY id", (record["id"],)
        ).fetchall()
    who = list_keys(database, customer.id)[-1].key_id
    assert rows == [("key.create", who, record["keyId"]), ("key.revoke", who, record["keyId"])]


def test_an_operator_administers_the_keys_of_a_customer_that_it_names(
    operator: httpx.Client, service: str, customer: Customer
) -> None:
    key = made(operator, customerId=str(customer.id))
    assert asks(service, key["key"]) == 200
    listed = operator.get("/api/keys", params={"customerId": str(customer.id)}).json()
    assert [each["id"] for each in listed["keys"]] == [key["record"]["id"]]


def test_an_operator_that_names_no_customer_or_a_strange_one_is_told(operator: httpx.Client) -> None:
    assert operator.get("/api/keys").status_code == 400
    strange = operator.get("/api/keys", params={"customerId": "0198a9c4-0000-7000-8000-0000000000aa"})
    assert (strange.status_code, strange.json()["code"]) == (404, "not_found")
