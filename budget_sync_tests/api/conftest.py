"""A service that listens on a free port of the loopback, and clients with a key of each customer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn

from api.app import create_app
from budget_sync.database import Database
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.keys import create_key
from budget_sync.settings import Settings
from budget_sync_tests.installations import installation
from budget_sync_tests.waiting import wait_until


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """The address of a service that runs for the time of the block."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        wait_until(lambda: server.started or not thread.is_alive(), "the service answers")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def service(settings: Settings) -> Iterator[str]:
    """The address of a running service."""
    with running(settings) as address:
        yield address


@pytest.fixture(scope="module")
def shared_client(postgres: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a service that the tests of a module share; for requests that change nothing."""
    with installation(postgres, tmp_path_factory.mktemp("shared")) as settings, Database.open(settings) as database:
        key = create_key(database, create_customer(database, "shared").id)
        with running(settings) as address, client_with(address, key) as opened:
            yield opened


def client_with(service: str, key: str) -> httpx.Client:
    """A client that shows this key."""
    return httpx.Client(base_url=service, headers={"Authorization": f"Bearer {key}"}, timeout=30)


@pytest.fixture
def client(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """The first customer's client, with every scope."""
    with client_with(service, create_key(database, customer.id)) as opened:
        yield opened


@pytest.fixture
def other_client(service: str, database: Database, other_customer: Customer) -> Iterator[httpx.Client]:
    """The other customer's client."""
    with client_with(service, create_key(database, other_customer.id)) as opened:
        yield opened


@pytest.fixture
def stranger(service: str) -> Iterator[httpx.Client]:
    """A client without a key."""
    with httpx.Client(base_url=service, timeout=30) as opened:
        yield opened
