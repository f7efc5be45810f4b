"""Webhooks over HTTP: made, changed, replaced, deleted; money that moves is told; what was sent is shown."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.database.importing.files import rows_of

URL = "https://approvals.example.com/hooks"
_TOLD = "SELECT event_type, body::jsonb->'data' FROM webhook_delivery ORDER BY id"


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> httpx.Client:
    """A client that may do everything."""
    return client_with(service, create_key(database, customer.id, scopes=SCOPES))


def made(admin: httpx.Client, **body: Any) -> dict[str, Any]:
    """A webhook, with its secret."""
    answer = admin.post("/api/webhooks", json={"url": URL} | body)
    assert answer.status_code == 201, answer.text
    content: dict[str, Any] = answer.json()
    return content


def test_a_webhook_is_made_and_its_secret_shown_once(admin: httpx.Client) -> None:
    new = made(admin, events=["budget.reserved"], description="portal")
    assert new["secret"].startswith("whsec_")
    path = f"/api/webhooks/{new['webhook']['id']}"
    read = admin.get(path)
    assert (read.json(), read.headers["etag"]) == (new["webhook"], '"1"')
    listed = admin.get("/api/webhooks").json()
    assert (listed["webhooks"], listed["count"], listed["nextCursor"]) == ([new["webhook"]], 1, None)
    assert "whsec_" not in admin.get("/api/webhooks").text + read.text


def test_webhooks_are_paged(admin: httpx.Client) -> None:
    ids = [made(admin)["webhook"]["id"] for _ in range(3)]
    first = admin.get("/api/webhooks", params={"limit": 2}).json()
    second = admin.get("/api/webhooks", params={"limit": 2, "cursor": first["nextCursor"]}).json()
    assert [each["id"] for each in first["webhooks"] + second["webhooks"]] == ids


def test_a_webhook_is_changed_and_deleted_by_whoever_read_it_last(admin: httpx.Client) -> None:
    path = f"/api/webhooks/{made(admin)['webhook']['id']}"
    changed = admin.patch(path, json={"active": False}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["active"], changed.headers["etag"]) == (200, False, '"2"')
    assert admin.patch(path, json={"active": True}, headers={"If-Match": '"1"'}).status_code == 412
    assert admin.patch(path, json={"active": True}).status_code == 400
    assert admin.delete(path, headers={"If-Match": '"1"'}).status_code == 412
    assert admin.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    assert admin.get(path).status_code == 404


def test_a_secret_is_replaced(admin: httpx.Client) -> None:
    new = made(admin)
    answer = admin.post(f"/api/webhooks/{new['webhook']['id']}/rotate-secret")
    assert answer.status_code == 200
    assert answer.json()["secret"] != new["secret"]
    assert answer.json()["webhook"]["retiredUntil"] is not None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "nowhere"},
        {"url": "ftp://example.com/"},
        {"url": "https://user:word@example.com/"},
        {"url": URL, "events": []},
        {"url": URL, "events": ["budget.unknown"]},
        {"url": URL, "secret": "mine"},
        {"url": URL, "description": "a\0"},
        {"url": f"{URL}?{'x' * 2000}"},
    ],
    ids=str,
)
def test_what_is_no_webhook_is_refused(admin: httpx.Client, body: dict[str, Any]) -> None:
    assert admin.post("/api/webhooks", json=body).status_code == 400


def test_money_that_moves_is_told_with_its_reservation(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Engineering", "1000")
    made(admin)
    headers = [{"Idempotency-Key": f"key-{number}"} for number in range(5)]
    body = {"budgetId": str(line), "amount": 100, "externalReference": "PR-1"}
    reserved = admin.post("/api/budget/reserve", json=body, headers=headers[0]).json()["reservationId"]
    admin.post("/api/budget/reserve", json=body, headers=headers[0])  # the same again is one event
    admin.post("/api/budget/commit", json={"reservationId": reserved, "amount": 40}, headers=headers[1])
    admin.post("/api/budget/release", json={"reservationId": reserved}, headers=headers[2])
    admin.post("/api/budget/reserve", json=body | {"amount": 5_000, "externalReference": "PR-2"}, headers=headers[3])
    told = rows_of(database, customer, _TOLD)
    assert [event for event, _ in told] == ["budget.reserved", "budget.committed", "budget.released"]
    assert {data["reservationId"] for _, data in told} == {reserved}
    assert [data["allocations"][0]["committed"] for _, data in told] == [0, 40, 40]


def test_a_reserve_over_the_limit_of_its_rule_tells_the_threshold_once(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Engineering", "1000")
    made(admin, events=["budget.threshold_crossed"])
    for number, amount in enumerate((800, 100, 50)):
        body = {"budgetId": str(line), "amount": amount, "externalReference": f"PR-{number}"}
        admin.post("/api/budget/reserve", json=body, headers={"Idempotency-Key": f"key-{number}"})
    ((event, data),) = rows_of(database, customer, _TOLD)
    assert (event, data["utilizationPercent"], data["limitPercent"]) == ("budget.threshold_crossed", 90, 90)
    assert (data["department"], data["budgetId"]) == ("Engineering", str(line))


def test_an_overrun_and_a_cut_by_hand_tell_the_threshold_too_and_each_crossing_once(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    line = str(add_line(database, customer.id, "Engineering", "1000"))
    made(admin, events=["budget.threshold_crossed"])
    body = {"budgetId": line, "amount": 800, "externalReference": "PR-1"}
    keys = [{"Idempotency-Key": f"key-{number}"} for number in range(4)]
    reserved = {"reservationId": admin.post("/api/budget/reserve", json=body, headers=keys[0]).json()["reservationId"]}
    admin.post("/api/budget/commit", json=reserved | {"amount": 700}, headers=keys[1])
    for key, spent in zip(keys[2:], (850, 10), strict=True):
        admin.post("/api/budget/spend", json=reserved | {"amount": spent}, headers=key)
    for amount in (900, 2_000, 1_000):  # over its limit already, no more, and again
        tag = admin.get(f"/api/budgets/{line}").headers["etag"]
        admin.patch(f"/api/budgets/{line}", json={"budgetedAmount": amount}, headers={"If-Match": tag})
    told = [data for _, data in rows_of(database, customer, _TOLD)]
    assert [(data["utilizationPercent"], data.get("reservationId")) for data in told] == [
        (95, reserved["reservationId"]),
        (96, None),
    ]


def test_reserves_that_come_in_at_once_tell_the_threshold_once(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Engineering", "1000")
    made(admin, events=["budget.threshold_crossed"])

    def reserve(number: int) -> int:
        body = {"budgetId": str(line), "amount": 50, "externalReference": f"PR-{number}"}
        return admin.post("/api/budget/reserve", json=body, headers={"Idempotency-Key": f"key-{number}"}).status_code

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(reserve, range(20))) == {201}
    ((_, data),) = rows_of(database, customer, _TOLD)
    assert 90 <= data["utilizationPercent"] <= 100


def test_what_was_sent_is_shown_and_sent_again_by_hand(
    admin: httpx.Client, database: Database, customer: Customer
) -> None:
    path = f"/api/webhooks/{made(admin)['webhook']['id']}/deliveries"
    admin.post(
        "/api/sync/upload", files={"file": ("b.csv", b"Department,Fiscal Year,Budget\nA,FY2025,1\nB,FY2025,2\n")}
    )
    (delivery,) = admin.get(path).json()["deliveries"]
    assert (delivery["eventType"], delivery["state"], delivery["log"]) == ("budget.import.completed", "waiting", [])
    assert delivery["body"]["data"]["fileName"] == "b.csv"
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE webhook_delivery SET state = 'failed', attempts = 10")
    assert admin.post(f"{path}/{delivery['id']}/replay").status_code == 202
    (again,) = admin.get(path).json()["deliveries"]
    assert (again["state"], again["attempts"], again["eventId"]) == ("waiting", 0, delivery["eventId"])
