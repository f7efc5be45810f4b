"""A service in a process of its own, over a server of its own, for whatever is done to them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.faults.live_service import LiveService, live_service


@pytest.fixture
def live() -> Iterator[tuple[LiveService, Database, Customer, str]]:
    """A service of its own; not in pytest's folder, whose rights every other session takes away from the server."""
    with tempfile.TemporaryDirectory(prefix="budget_sync-") as folder, live_service(Path(folder) / "home") as running:
        yield running
