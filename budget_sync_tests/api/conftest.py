"""A service that listens on a free port of the loopback, and clients with a key of each customer."""

from collections.abc import Iterator

import httpx
import pytest

from api.app import create_app
from budget_sync.database import Database
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.settings import Settings
from budget_sync_tests.api.purchases import EVERYTHING
from budget_sync_tests.api.running import SharedService, client_with, running
from budget_sync_tests.installations import installation


@pytest.fixture
def service(settings: Settings) -> Iterator[str]:
    """The address of a running service."""
    with running(create_app(settings)) as address:
        yield address


@pytest.fixture(scope="module")
def shared_service(postgres: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedService]:
    """What the tests of a module share, for requests that change nothing."""
    with installation(postgres, tmp_path_factory.mktemp("shared")) as settings, Database.open(settings) as database:
        customer = create_customer(database, "shared")
        with running(create_app(settings)) as address:
            yield SharedService(address, database, customer)


@pytest.fixture(scope="module")
def shared_client(shared_service: SharedService) -> Iterator[httpx.Client]:
    """A client of the shared service, with every scope."""
    key = create_key(shared_service.database, shared_service.customer.id, scopes=SCOPES)
    with client_with(shared_service.address, key) as opened:
        yield opened


@pytest.fixture
def client(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """The first customer's client, with the scopes that a key has by default."""
    with client_with(service, create_key(database, customer.id)) as opened:
        yield opened


@pytest.fixture
def other_client(service: str, database: Database, other_customer: Customer) -> Iterator[httpx.Client]:
    """The other customer's client."""
    with client_with(service, create_key(database, other_customer.id)) as opened:
        yield opened


@pytest.fixture
def buyer(service: str, database: Database, customer: Customer) -> httpx.Client:
    """A client that may reserve and override."""
    return client_with(service, create_key(database, customer.id, scopes=EVERYTHING))
