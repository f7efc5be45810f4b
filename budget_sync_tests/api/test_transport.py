"""What stands before the service: other origins, proxies, https alone, slow callers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from litestar import Request, get, post

from api.app import create_app
from api.authentication import PUBLIC
from budget_sync.settings import Settings
from budget_sync_tests.api.running import SharedService, running

PREFLIGHT = {"Origin": "https://tool.example", "Access-Control-Request-Method": "POST"}
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@get("/api/whence", opt={"scope": PUBLIC}, sync_to_thread=False)
def whence(request: Request) -> dict[str, str]:  # type: ignore[type-arg]
    """Whom the service believes to be asked by."""
    return {"scheme": request.url.scheme, "address": request.client.host if request.client else ""}


@post("/api/length", opt={"scope": PUBLIC})
async def length(request: Request) -> dict[str, int]:  # type: ignore[type-arg]
    """How long the body is, once all of it is there."""
    return {"length": len(await request.body())}


@contextmanager
def service_with(settings: Settings, **members: object) -> Iterator[httpx.Client]:
    """A client of a service with these settings."""
    app = create_app(settings.model_copy(update=members))
    app.register(whence)
    app.register(length)
    with running(app) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


def test_a_preflight_from_a_stranger_allows_nothing(shared_service: SharedService) -> None:
    answer = httpx.options(f"{shared_service.address}/api/budget/check", headers=PREFLIGHT)
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_configured_origin_may_ask_and_no_other_may(settings: Settings) -> None:
    with service_with(settings, cors_origins=("https://tool.example",)) as client:
        asked = PREFLIGHT | {"Access-Control-Request-Headers": "authorization, idempotency-key"}
        allowed = client.options("/api/budget/check", headers=asked)
        assert allowed.headers["access-control-allow-origin"] == "https://tool.example"
        assert "access-control-allow-credentials" not in allowed.headers
        answer = client.get("/api/health", headers={"Origin": "https://tool.example"})
        assert answer.headers["access-control-allow-origin"] == "https://tool.example"
        assert "RateLimit" in answer.headers["access-control-expose-headers"]
        stranger = client.options("/api/budget/check", headers=PREFLIGHT | {"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in stranger.headers


def test_forwarded_headers_of_a_stranger_are_not_believed(settings: Settings) -> None:
    with service_with(settings, trusted_proxies=("192.0.2.0/24",)) as client:
        answer = client.get("/api/whence", headers=FORWARDED)
    assert answer.json() == {"scheme": "http", "address": "127.0.0.1"}
    assert "strict-transport-security" not in answer.headers


def test_forwarded_headers_of_a_named_proxy_are_believed(settings: Settings) -> None:
    with service_with(settings, trusted_proxies=("127.0.0.0/8",)) as client:
        answer = client.get("/api/whence", headers=FORWARDED)
    assert answer.json() == {"scheme": "https", "address": "203.0.113.7"}
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_where_https_alone_is_taken_the_clear_is_refused_on_every_status(settings: Settings) -> None:
    with service_with(settings, https_only=True, trusted_proxies=("127.0.0.1",)) as client:
        for path in ("/api/whence", "/api/nothing", "/api/budgets"):
            refused = client.get(path)
            assert (refused.status_code, refused.json()["code"]) == (403, "https_required")
            assert refused.json()["requestId"] == refused.headers["x-request-id"]
            assert refused.headers["x-content-type-options"] == "nosniff"
        assert client.get("/api/whence", headers=FORWARDED).status_code == 200
        assert client.get("/api/health").status_code == 200


def test_a_body_that_never_comes_is_408(settings: Settings) -> None:
    with service_with(settings, request_timeout_seconds=0.5) as client:
        address = urlsplit(str(client.base_url))
        head = "POST /api/length HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
        with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
            connection.sendall(head.encode())
            assert b" 408 " in connection.recv(4096)


@pytest.mark.parametrize("address", ["not-an-address", "300.0.0.1"])
def test_a_proxy_that_is_no_address_is_nobody(settings: Settings, address: str) -> None:
    with service_with(settings, trusted_proxies=(address,)) as client:
        assert client.get("/api/whence", headers=FORWARDED).json()["scheme"] == "http"
