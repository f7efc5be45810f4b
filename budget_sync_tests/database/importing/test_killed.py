"""kill -9 before every statement of an import: all of it is there or none, and the next attempt succeeds."""

import subprocess
import sys

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.janitor import settle_abandoned
from budget_sync.notification.endpoints import EndpointWish, create_endpoint
from budget_sync.notification.events import EventType
from budget_sync.settings import Settings
from budget_sync.sources.master_keys import open_keyring
from budget_sync_tests.database.importing.dying_worker import with_a_bad_row
from budget_sync_tests.database.importing.files import counts_of, incoming, rows_of

_WHOLE = {
    "budget": 19,
    "budget_revision": 19,
    "import_line_source": 19,
    "import_row_error": 1,
    "import_preview": 0,
}
_NOTHING = dict.fromkeys(_WHOLE, 0)


def test_an_import_killed_before_any_statement_is_whole_or_not_at_all(settings: Settings, database: Database) -> None:
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()
    command = [sys.executable, "-m", "budget_sync_tests.database.importing.dying_worker", url, str(settings.home)]
    statement = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        fate = "killed"
        while fate == "killed":
            statement += 1
            customer = create_customer(database, f"acme-{statement}")
            _listen(database, customer)
            worker.stdin.write(f"{statement} {customer.id}\n")
            worker.stdin.flush()
            fate = worker.stdout.readline().strip()
            _is_whole_or_nothing_and_can_be_repeated(database, customer)
    assert statement > 20


def _listen(database: Database, customer: Customer) -> None:
    """The customer wants to hear of imports that loaded."""
    wish = EndpointWish("https://hooks.example.com/", [EventType.IMPORT_COMPLETED])
    with database.tenant(customer.id) as connection:
        create_endpoint(connection, customer.id, wish, open_keyring(database.settings), "ann")


def _told(database: Database, customer: Customer) -> int:
    return int(rows_of(database, customer, "SELECT count(*) FROM webhook_delivery")[0][0])


def _is_whole_or_nothing_and_can_be_repeated(database: Database, customer: Customer) -> None:
    settle_abandoned(database)
    states = [row[0] for row in rows_of(database, customer, "SELECT status FROM import_history")]
    found = counts_of(database, customer)
    if "completed_with_errors" in states:
        assert (found, _told(database, customer)) == (_WHOLE, 1)
    else:
        assert (found, _told(database, customer)) == (_NOTHING, 0)
        assert states in ([], ["failed"])
    again = Engine(database).run(customer.id, incoming(with_a_bad_row()))
    assert again.status in (ImportState.COMPLETED_WITH_ERRORS, ImportState.UNCHANGED)
    assert (counts_of(database, customer), _told(database, customer)) == (_WHOLE, 1)
