"""What is told is written in the transaction of what it tells, for those who want to hear of it."""

import pytest

from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions
from budget_sync.notification.endpoints import Endpoint, EndpointWish, create_endpoint
from budget_sync.notification.events import EventType
from budget_sync.sources.master_keys import open_keyring
from budget_sync_tests.database.importing.files import budget_csv, incoming, payroll_csv, rows_of
from budget_sync_tests.database.notification.receiver import Receiver

Hook = tuple[Endpoint, str]
_TOLD = "SELECT event_type FROM webhook_delivery ORDER BY id"


@pytest.fixture
def engine(database: Database) -> Engine:
    """What imports."""
    return Engine(database)


def told(database: Database, customer: Customer) -> list[str]:
    """The events in the outbox."""
    return [row[0] for row in rows_of(database, customer, _TOLD)]


@pytest.mark.usefixtures("hook")
def test_each_end_of_an_import_is_told(engine: Engine, database: Database, customer: Customer) -> None:
    loaded = engine.run(customer.id, incoming())
    engine.run(customer.id, incoming())  # unchanged: no news
    engine.run(customer.id, incoming(payroll_csv()))
    engine.run(customer.id, incoming(budget_csv().replace(b"Fiscal Year", b"Note").replace(b"FY2025", b"ok")))
    engine.undo(customer.id, loaded.import_id)
    assert told(database, customer) == [
        "budget.import.completed",
        "budget.import.failed",
        "budget.import.needs_review",
        "budget.import.undone",
    ]
    (body,) = rows_of(database, customer, "SELECT body::jsonb->'data' FROM webhook_delivery ORDER BY id LIMIT 1")[0]
    assert (body["importId"], body["status"], body["stats"]["created"]) == (str(loaded.import_id), "completed", 20)


@pytest.mark.usefixtures("hook")
def test_a_dry_run_tells_nobody(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming(), ImportOptions(dry_run=True))
    assert told(database, customer) == []


def test_only_what_was_asked_for_is_told_and_only_to_the_own_customer(
    engine: Engine, database: Database, customer: Customer, other_customer: Customer
) -> None:
    for owner, events in ((customer, [EventType.IMPORT_FAILED]), (other_customer, list(EventType))):
        with database.tenant(owner.id) as connection:
            wish = EndpointWish("https://hooks.example.com/", events)
            create_endpoint(connection, owner.id, wish, open_keyring(database.settings), "ann")
    engine.run(customer.id, incoming())
    engine.run(customer.id, incoming(payroll_csv()))
    assert told(database, customer) == ["budget.import.failed"]
    assert told(database, other_customer) == []


def test_each_receiver_of_an_event_gets_it_under_the_same_id(
    engine: Engine, database: Database, customer: Customer, hook: Hook, receiver: Receiver
) -> None:
    with database.tenant(customer.id) as connection:
        wish = EndpointWish(f"{receiver.url}/second", hook[0].events)
        create_endpoint(connection, customer.id, wish, open_keyring(database.settings), "ann")
    engine.run(customer.id, incoming())
    assert rows_of(database, customer, "SELECT count(*), count(DISTINCT event_id) FROM webhook_delivery") == [(2, 1)]
