"""Logs are JSON with request ids and without secrets; metrics have a port of their own; a stop ends what it began."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from api.app import create_app
from api.logs import masked
from api.metrics import metrics_port
from budget_sync.cli.site import SERVICE_OPTIONS
from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync.settings import Settings
from budget_sync_tests.api.purchases import EVERYTHING, hold
from budget_sync_tests.api.running import client_with, running
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.waiting import wait_until

QUESTION = {"department": "Canary-department", "fiscalPeriod": "FY2025", "amount": 1}


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def service_process(settings: Settings, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The service as its users start it, in a process of its own."""
    assert settings.database_url is not None
    port = free_port()
    environment = os.environ | {
        "BUDGET_SYNC_HOME": str(settings.home),
        "BUDGET_SYNC_DATABASE_URL": settings.database_url.get_secret_value(),
    }
    arguments = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app_from_environment"]
    place = ["--host", "127.0.0.1", "--port", str(port), *SERVICE_OPTIONS]
    heard = signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a child inherits it where whoever runs the tests ignores it
    with log.open("wb") as output, subprocess.Popen([*arguments, *place], stderr=output, env=environment) as process:
        signal.signal(signal.SIGTERM, heard)
        try:
            wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, "the service listens", seconds=60)
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def test_a_stop_finishes_the_reservation_that_it_began(
    settings: Settings, database: Database, customer: Customer, tmp_path: Path
) -> None:
    line = add_line(database, customer.id, "Engineering", "100")
    key = create_key(database, customer.id, scopes=EVERYTHING)
    answers: list[int] = []
    with service_process(settings, tmp_path / "log") as (process, address), client_with(address, key) as client:
        with database.tenant(customer.id) as connection:
            connection.execute("SELECT FROM budget WHERE id = %s FOR UPDATE", (line,))
            asking = threading.Thread(target=lambda: answers.append(hold(client, line, 10).status_code))
            asking.start()
            wait_until(lambda: waits_for_a_lock(settings), "the reservation waits for the line")
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: refuses(address), "nothing new is taken")
            assert process.poll() is None
        asking.join(20)
        assert process.wait(20) == -signal.SIGTERM  # the server passes the signal on when all is done
    assert answers == [201]
    assert "Application shutdown complete" in (tmp_path / "log").read_text()


def waits_for_a_lock(settings: Settings) -> bool:
    """Whether some statement waits."""
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
    return row is not None and row[0] > 0


def refuses(address: str) -> bool:
    """Whether nobody listens any more."""
    try:
        httpx.get(f"{address}/api/health", timeout=5)
    except httpx.TransportError:
        return True
    return False


def test_the_log_is_json_with_request_ids_and_nothing_that_was_sent(
    settings: Settings, database: Database, customer: Customer, tmp_path: Path
) -> None:
    key = create_key(database, customer.id)
    secret = key.rpartition("_")[2]
    log = tmp_path / "log"
    with service_process(settings, log) as (_, address), client_with(address, key) as client:
        headers = {"X-Request-Id": "order-17", "X-Other": "Canary-header"}
        client.post("/api/budget/check", json=QUESTION | {"amount": "Canary-amount\n{}"}, headers=headers)
        client.get("/api/budgets", params={"q": "Canary-words"}, headers={"X-Request-Id": "order-18"})
        client.get(f"/api/Canary-path/{key}")
        client.post("/api/budget/check", json=QUESTION, headers={"Authorization": f"Bearer {key}x"})
        wait_until(lambda: log.read_text().count("\n") >= 5, "the log is written")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    requests = {line["request_id"]: line for line in lines if line["event"] == "request"}
    assert requests["order-17"] | {"ms": 0, "timestamp": ""} == {
        "event": "request",
        "level": "info",
        "timestamp": "",
        "request_id": "order-17",
        "route": "/api/budget/check",
        "method": "POST",
        "status": 400,
        "ms": 0,
        "key_id": key.split("_")[1],
    }
    assert (requests["order-18"]["route"], requests["order-18"]["status"]) == ("/api/budgets", 200)
    assert "Canary" not in log.read_text()
    assert secret not in log.read_text()
    assert any("Uvicorn running" in line["event"] for line in lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f'"bsk_0123456789ab_{"f" * 48}"', '"bsk_0123456789ab_***"'),
        ('"Authorization: Bearer abc.def"', '"Authorization: Bearer ***"'),
        ('"postgresql://app:hunter2@db/budget"', '"postgresql://app:***@db/budget"'),
        ('"https://example.org/a@b"', '"https://example.org/a@b"'),
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str, shown: str) -> None:
    assert masked(None, "info", text) == shown


def test_metrics_answer_on_a_port_of_their_own_with_routes_and_decisions(
    settings: Settings, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Engineering", "100")
    port = free_port()
    key = create_key(database, customer.id)
    with (
        running(create_app(settings.model_copy(update={"metrics_port": port}))) as service,
        client_with(service, key) as client,
    ):
        client.post("/api/budget/check", json=QUESTION | {"department": "Engineering"})
        client.get("/api/budgets/0198a9c4-0000-7000-8000-0000000000aa")
        rows = [["Department", "Fiscal Year", "Budget"], ["Sales", "FY2025", 1]]
        client.post("/api/excel/import", json={"rows": rows})
        client.get("/api/nothing/Canary")
        assert client.get("/metrics").status_code == 404
        address = f"http://127.0.0.1:{port}/metrics"
        wait_until(lambda: 'reason="auto_approved"' in httpx.get(address).text, "the check is counted")
        text = httpx.get(address).text
    counted = {line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")}
    assert 'budget_sync_requests_total{method="POST",route="/api/budget/check",status="200"}' in counted
    assert 'budget_sync_requests_total{method="GET",route="none",status="404"}' in counted
    assert 'budget_sync_checks_total{decision="approve",reason="auto_approved"}' in counted
    assert 'budget_sync_imports_total{status="completed"}' in counted
    assert 'budget_sync_request_seconds_count{route="/api/budget/check"}' in counted
    assert "Canary" not in text
    assert "0000000000aa" not in text
    assert refuses(f"http://127.0.0.1:{port}")


def test_a_port_that_is_taken_is_said_at_the_start() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigurationError, match="a port each"), metrics_port("127.0.0.1", taken.getsockname()[1]):
            pass
