"""The sensors that tell people: the outbox is carried to its receiver, and alerts are looked for."""

from budget_sync.importing.options import IncomingFile
from budget_sync.notification.endpoints import EndpointWish, create_endpoint
from budget_sync.notification.events import EventType
from budget_sync.orchestration.notices import alerts, webhooks
from budget_sync.sources.master_keys import open_keyring
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.database.notification.receiver import receiving


def test_an_import_is_told_by_the_next_ticks(dagster: Dagster) -> None:
    database, customer_id = dagster.program.database, dagster.customer.id
    with receiving() as receiver:
        with database.tenant(customer_id) as connection:
            wish = EndpointWish(receiver.url, list(EventType))
            create_endpoint(connection, customer_id, wish, open_keyring(database.settings), "ann")
        dagster.engine.run(customer_id, IncomingFile("budget.csv", BUDGET.encode()))
        told = webhooks(budget_sync=dagster.program)
        again = webhooks(budget_sync=dagster.program)
    assert receiver.types() == ["budget.import.completed"]
    assert (told.skip_message, again.skip_message) == (
        "1 delivered, 0 to be tried again or given up.",
        "0 delivered, 0 to be tried again or given up.",
    )


def test_nothing_is_wrong_where_nothing_is(dagster: Dagster) -> None:
    assert alerts(budget_sync=dagster.program).skip_message == "0 new alerts."
