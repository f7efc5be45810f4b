"""A key may ask so often and no more: exactly, over several workers too; the headers say what is left."""

import asyncio
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from api.app import create_app
from api.limits import limits_of
from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync.settings import Settings
from budget_sync_tests.api.running import client_with, running
from budget_sync_tests.waiting import wait_until

QUESTION = {"department": "Engineering", "fiscalPeriod": "FY2025", "amount": 1}


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """A real Redis on a socket of its own."""
    program = which("redis-server")
    if program is None:
        pytest.skip("needs redis-server (Debian: redis-server)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as server:
        wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, "redis listens")
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def limited(settings: Settings, rate: str, redis_url: str | None = None) -> Settings:
    """Settings with this limit of checks."""
    rates = settings.rate_limits | {"check": rate}
    shared = {"redis_url": SecretStr(redis_url)} if redis_url else {}
    return settings.model_copy(update={"rate_limits": rates} | shared)


async def ask_at_once(services: list[str], key: str, calls: int) -> Counter[int]:
    """How many of so many concurrent calls got which status."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(headers=headers, timeout=60) as client:
        asked = [
            client.post(f"{services[number % len(services)]}/api/budget/check", json=QUESTION)
            for number in range(calls)
        ]
        return Counter(answer.status_code for answer in await asyncio.gather(*asked))


def test_of_400_calls_at_once_to_two_workers_exactly_the_limit_passes(
    settings: Settings, database: Database, customer: Customer, redis: str
) -> None:
    key = create_key(database, customer.id)
    shared = limited(settings, "100/hour", redis)
    with running(create_app(shared)) as first, running(create_app(shared)) as second:
        statuses = asyncio.run(ask_at_once([first, second], key, 400))
    assert statuses == {200: 100, 429: 300}


def test_within_one_worker_exactly_the_limit_passes(settings: Settings, database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id)
    with running(create_app(limited(settings, "30/hour"))) as service:
        assert asyncio.run(ask_at_once([service], key, 100)) == {200: 30, 429: 70}


def test_the_headers_say_what_is_left_and_when_to_come_again(
    settings: Settings, database: Database, customer: Customer
) -> None:
    key = create_key(database, customer.id)
    with running(create_app(limited(settings, "2/hour"))) as service, client_with(service, key) as client:
        first, second, third = (client.post("/api/budget/check", json=QUESTION) for _ in range(3))
        other_class = client.get("/api/budgets")
    assert first.headers["ratelimit-policy"] == '"check";q=2;w=3600'
    assert first.headers["ratelimit"].startswith('"check";r=1;t=')
    assert second.headers["ratelimit"].startswith('"check";r=0;t=')
    assert (third.status_code, third.json()["code"], third.json()["limit"]) == (429, "rate_limited", 2)
    assert 3590 <= int(third.headers["retry-after"]) <= 3600
    assert third.json()["retryAfterSeconds"] == int(third.headers["retry-after"])
    assert other_class.status_code == 200


def test_no_window_ends_later_than_it_is_long() -> None:
    limits = limits_of({"check": "1/minute"}, None)
    counted = [asyncio.run(limits.admit(f"key {number}", "check")) for number in range(20)]
    assert [each and each.resets_in for each in counted] == [60] * 20


def test_a_window_that_ended_begins_anew(settings: Settings, database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id)
    with running(create_app(limited(settings, "1/second"))) as service, client_with(service, key) as client:
        assert client.post("/api/budget/check", json=QUESTION).status_code == 200
        assert client.post("/api/budget/check", json=QUESTION).status_code == 429
        wait_until(lambda: client.post("/api/budget/check", json=QUESTION).status_code == 200, "the next window")


def test_each_key_has_a_limit_of_its_own(settings: Settings, database: Database, customer: Customer) -> None:
    keys = [create_key(database, customer.id) for _ in range(2)]
    with running(create_app(limited(settings, "1/hour"))) as service:
        for key in keys:
            with client_with(service, key) as client:
                assert client.post("/api/budget/check", json=QUESTION).status_code == 200


def test_while_redis_is_away_each_worker_counts_for_itself(
    settings: Settings, database: Database, customer: Customer
) -> None:
    key = create_key(database, customer.id)
    away = limited(settings, "2/hour", "redis://127.0.0.1:1/0")
    with running(create_app(away)) as service, client_with(service, key) as client:
        statuses = [client.post("/api/budget/check", json=QUESTION).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_a_class_without_a_limit_has_no_headers(settings: Settings, database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id)
    with running(create_app(limited(settings, "unlimited"))) as service, client_with(service, key) as client:
        answer = client.post("/api/budget/check", json=QUESTION)
    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


def test_limits_in_the_environment_stand_over_those_that_hold_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_SYNC_RATE_LIMITS", "check=5/minute, import=unlimited")
    rates = Settings().rate_limits
    assert (rates["check"], rates["import"], rates["read"]) == ("5/minute", "unlimited", "12000/minute")


@pytest.mark.parametrize("rates", ["chekc=5/minute", "check=often", "check", "check=0/minute"])
def test_a_limit_that_is_none_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch, rates: str) -> None:
    monkeypatch.setenv("BUDGET_SYNC_RATE_LIMITS", rates)
    with pytest.raises((ConfigurationError, ValidationError)):
        limits_of(Settings().rate_limits, None)
