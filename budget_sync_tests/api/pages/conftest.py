"""A browser that is signed in."""

from collections.abc import Iterator

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.pages.browsing import browser, sign_in


@pytest.fixture
def signed_in(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """A browser with a session of the first customer, whose key may read, check and import."""
    with browser(service) as client:
        assert sign_in(client, create_key(database, customer.id, label="Jane")).status_code == 303
        yield client
