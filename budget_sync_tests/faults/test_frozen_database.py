"""A database that neither answers nor goes away: whoever sends the traffic is told soon, and again when it is back."""

import time

import httpx

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.faults.live_service import LiveService
from budget_sync_tests.waiting import wait_until


def test_a_frozen_database_makes_the_service_unready_within_seconds(
    live: tuple[LiveService, Database, Customer, str],
) -> None:
    service = live[0]
    with httpx.Client(base_url=service.address, timeout=20) as client:
        assert client.get("/api/health/ready").json()["status"] == "ready"
        with service.frozen_database():
            begun = time.monotonic()
            frozen = client.get("/api/health/ready")
            took = time.monotonic() - begun
            alive = client.get("/api/health")
        assert (frozen.status_code, frozen.json()["code"]) == (503, "database_unavailable")
        assert took < 6
        assert alive.json()["success"] is True
        wait_until(lambda: client.get("/api/health/ready").is_success, "the service to be ready again", seconds=60)
