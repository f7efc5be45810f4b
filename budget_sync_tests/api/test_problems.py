"""Errors of every kind are problem documents that say what to do and nothing internal; headers guard each status."""

import resource
import select
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from litestar import get
from pydantic import SecretStr

from api.app import create_app
from api.authentication import PUBLIC
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key, list_keys, revoke_key
from budget_sync.settings import Settings
from budget_sync_tests.api.running import client_with, running

QUESTION = {"department": "Engineering", "fiscalPeriod": "FY2025", "amount": 1}
MEGABYTE = 1024 * 1024


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, object]:
    """The document, once its members are known to be those of every problem."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    document: dict[str, object] = answer.json()
    assert (document["status"], document["code"], document["success"]) == (status, code, False)
    assert document["type"] == f"urn:budget-sync:problem:{code}"
    assert document["title"]
    assert document["detail"]
    assert document["requestId"] == answer.headers["x-request-id"]
    return document


def test_an_unknown_address_is_404(shared_client: httpx.Client) -> None:
    assert_problem(shared_client.get("/api/nothing"), 404, "not_found")


def test_a_wrong_method_is_405_and_says_which_are_right(shared_client: httpx.Client) -> None:
    answer = shared_client.get("/api/budget/check")
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "OPTIONS, POST"


def test_another_content_type_is_415(shared_client: httpx.Client) -> None:
    answer = shared_client.post("/api/budget/check", content="amount=1", headers={"Content-Type": "text/plain"})
    assert_problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        (
            "/api/fx-rates",
            {"fromCurrency": "eur"},
            "a currency of three capital letters, such as EUR - at `$.fromCurrency`",
        ),
        ("/api/budget/check", QUESTION | {"department": 5}, "text, got a whole number - at `$.department`"),
        ("/api/budget/check", QUESTION | {"subCategory": []}, "text or null, got a list - at `$.subCategory`"),
    ],
)
def test_a_member_that_does_not_fit_is_said_in_words(
    shared_client: httpx.Client, path: str, body: dict[str, object], expected: str
) -> None:
    document = assert_problem(shared_client.post(path, json=body), 400, "invalid_request")
    assert document["detail"] == f"The body does not fit: Expected {expected}."


def test_a_parameter_that_does_not_fit_is_said_in_words(shared_client: httpx.Client) -> None:
    document = assert_problem(shared_client.get("/api/budgets", params={"limit": "many"}), 400, "invalid_request")
    assert document["detail"] == "The request could not be read: limit: Expected a whole number, got text."


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/api/budget/check", "body: It is empty. Send a JSON object."),
        ("POST", "/api/budgets", "body: It is empty. Send a JSON object."),
        ("POST", "/api/excel/analyze", "body: Object missing required field `file`."),
        ("GET", "/api/budget/suggest", "q: It is missing from the query."),
    ],
)
def test_what_is_missing_is_named(shared_client: httpx.Client, method: str, path: str, expected: str) -> None:
    document = assert_problem(shared_client.request(method, path), 400, "invalid_request")
    assert document["detail"] == f"The request could not be read: {expected}"


def test_an_announced_body_above_the_limit_is_413(shared_client: httpx.Client) -> None:
    answer = shared_client.post("/api/budget/check", json=QUESTION | {"requestId": "x" * 70_000})
    assert_problem(answer, 413, "too_large")


@pytest.mark.parametrize("path", ["/api/excel/analyze", "/api/excel/import"])
def test_a_chunked_body_above_the_limit_is_refused_with_flat_memory(
    settings: Settings, database: Database, customer: Customer, path: str
) -> None:
    key = create_key(database, customer.id)
    with running(create_app(settings.model_copy(update={"upload_limit_bytes": MEGABYTE}))) as service:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        head, sent = post_chunks_until_answered(service, path, key, 200 * MEGABYTE)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert head.startswith("HTTP/1.1 413")
    assert sent < 20 * MEGABYTE  # what the buffers between the two ends hold
    assert (after - before) * 1024 < 40 * MEGABYTE


def post_chunks_until_answered(service: str, path: str, key: str, at_most: int) -> tuple[str, int]:
    """Sends a body of unannounced length until the service answers; the answer's head, and how much went out."""
    content_type = "multipart/form-data; boundary=b" if path.endswith("analyze") else "application/json"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: {content_type}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    chunk = b"x" * 65_536
    address = urlsplit(service)
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(head.encode() + f"{len(start):x}\r\n".encode() + start + b"\r\n")
        sent = 0
        while sent < at_most and not select.select([connection], [], [], 0)[0]:
            try:
                connection.sendall(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            except (ConnectionResetError, BrokenPipeError):
                break
            sent += len(chunk)
        return connection.recv(65_536).decode("latin-1"), sent


def test_no_key_is_401_and_says_how_to_send_one(shared_client: httpx.Client) -> None:
    answer = httpx.post(shared_client.base_url.join("/api/budget/check"), json=QUESTION)
    assert_problem(answer, 401, "not_authenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "key", ["nonsense", "bsk_", "bsk_x_y", "bsk_000000000000_" + "0" * 48, "bsk_' OR 1=1 --", "b" * 5000]
)
def test_a_key_that_is_none_is_401(shared_client: httpx.Client, key: str) -> None:
    answer = shared_client.post("/api/budget/check", json=QUESTION, headers={"Authorization": f"Bearer {key}"})
    assert_problem(answer, 401, "not_authenticated")


def test_an_unknown_and_a_revoked_key_get_the_same_answer(service: str, database: Database, customer: Customer) -> None:
    revoked = create_key(database, customer.id)
    revoke_key(database, customer.id, list_keys(database, customer.id)[0].key_id)
    unknown = revoked[:-8] + "01234567"
    documents = []
    for key in (revoked, unknown):
        with client_with(service, key) as client:
            answer = client.post("/api/budget/check", json=QUESTION)
        document = assert_problem(answer, 401, "not_authenticated")
        documents.append({name: value for name, value in document.items() if name != "requestId"})
    assert documents[0] == documents[1]


def test_the_key_may_come_in_its_own_header(service: str, database: Database, customer: Customer) -> None:
    headers = {"X-API-Key": create_key(database, customer.id)}
    assert httpx.post(f"{service}/api/budget/check", json=QUESTION, headers=headers).status_code == 200


def test_a_key_without_the_scope_is_403(service: str, database: Database, customer: Customer) -> None:
    with client_with(service, create_key(database, customer.id, scopes=["read"])) as client:
        document = assert_problem(client.post("/api/budget/check", json=QUESTION), 403, "forbidden")
    assert document["scope"] == "check"


def test_a_database_that_is_away_is_503(tmp_path: Path) -> None:
    away = Settings(home=tmp_path, database_url=SecretStr("postgresql://nobody@127.0.0.1:1/nothing"))
    with running(create_app(away)) as service, client_with(service, "bsk_000000000000_" + "0" * 48) as client:
        answer = client.post("/api/budget/check", json=QUESTION)
        ready, live = client.get("/api/health/ready"), client.get("/api/health")
    document = assert_problem(answer, 503, "database_unavailable")
    assert "127.0.0.1" not in str(document)
    assert answer.headers["retry-after"] == "1"
    assert_problem(ready, 503, "database_unavailable")
    assert live.json() == {"status": "ok", "success": True}


@get("/api/defect", opt={"scope": PUBLIC})
async def defect() -> None:
    """A route that breaks, as a defect of ours would."""
    raise ValueError("the secret inside")


def test_a_defect_is_500_that_says_nothing_but_a_request_id(settings: Settings) -> None:
    app = create_app(settings)
    app.register(defect)
    with running(app) as service:
        answer = httpx.get(f"{service}/api/defect", headers={"X-Request-Id": "order-17"})
    document = assert_problem(answer, 500, "internal_error")
    assert "secret" not in answer.text
    assert document["requestId"] == "order-17"
    assert_guarded(answer)


@pytest.mark.parametrize("sent", ["two\u00a0words", "x" * 65, 'a"b', "a b"])
def test_a_request_id_that_could_forge_a_log_line_is_replaced(shared_client: httpx.Client, sent: str) -> None:
    answer = shared_client.get("/api/health", headers={"X-Request-Id": sent.encode("latin-1")})
    assert answer.headers["x-request-id"] != sent


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/health", 200),
        ("GET", "/api/docs/openapi.json", 200),
        ("OPTIONS", "/api/budget/check", 204),
        ("POST", "/api/budget/check", 400),
        ("GET", "/api/nothing", 404),
        ("DELETE", "/api/budgets", 405),
    ],
)
def test_every_status_bears_the_headers_that_guard_a_browser(
    shared_client: httpx.Client, method: str, path: str, status: int
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = shared_client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert_guarded(answer)


def assert_guarded(answer: httpx.Response) -> None:
    """The headers of every answer are there."""
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"]
