"""A customer with a webhook, and the round that delivers."""

from collections.abc import Iterator

import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.notification.deliver import Deliverer
from budget_sync.notification.endpoints import Endpoint, EndpointWish, create_endpoint
from budget_sync.notification.events import EventType
from budget_sync.sources.master_keys import open_keyring
from budget_sync_tests.database.notification.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Whoever listens."""
    with receiving() as opened:
        yield opened


@pytest.fixture
def hook(database: Database, customer: Customer, receiver: Receiver) -> tuple[Endpoint, str]:
    """The customer's webhook for all events, and its secret."""
    wish = EndpointWish(receiver.url, list(EventType))
    with database.tenant(customer.id) as connection:
        return create_endpoint(connection, customer.id, wish, open_keyring(database.settings), "ann")


@pytest.fixture
def deliverer(database: Database) -> Deliverer:
    """As the sensor makes it."""
    return Deliverer.of(database, open_keyring(database.settings))
