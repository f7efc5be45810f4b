"""What operators should hear of is found, told once as long as it holds, and reaches a hook and a mailbox."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.importing.customers import Customer
from budget_sync.notification.alerts import Alert, look_for_alerts, raise_alert
from budget_sync.notification.deliver import Delivered, Deliverer
from budget_sync.notification.events import Channel, EventType
from budget_sync.notification.operator_channels import Mail, OperatorChannels
from budget_sync.sources.looks import SourceReference, record_failure
from budget_sync_tests.database.importing.files import rows_of
from budget_sync_tests.database.notification.receiver import Receiver

_TOLD = "SELECT event_type, body::jsonb->'data'->>'sentence' FROM webhook_delivery ORDER BY id"


@pytest.fixture
def source_id(database: Database, customer: Customer) -> UUID:
    """A source of the customer that was listed a moment ago."""
    with database.tenant(customer.id) as connection:
        (made,) = only_row(
            connection.execute(
                "INSERT INTO budget_data_source_config (customer_id, name, source_type, configuration, poll_seconds,"
                " last_sync_at) VALUES (%s, 'partner', 'sftp', '{}', 60, now()) RETURNING id",
                (customer.id,),
            )
        )
    return UUID(str(made))


def change(database: Database, customer: Customer, statement: str) -> None:
    """Something happened."""
    with database.tenant(customer.id) as connection:
        connection.execute(statement.encode())


@pytest.mark.usefixtures("hook")
def test_a_source_that_fails_a_fourth_time_within_the_hour_is_told_once(
    database: Database, customer: Customer, source_id: UUID
) -> None:
    next_look = only_row_now(database)
    for failures in range(1, 6):
        record_failure(database, SourceReference(customer.id, source_id), "login refused", next_look)
        assert look_for_alerts(database, ()) == (1 if failures == 4 else 0)
    ((event, sentence),) = rows_of(database, customer, _TOLD)
    assert event == "budget.alert.source_failing"
    assert sentence == "The source partner could not be listed 4 times within the last hour: login refused"
    change(database, customer, "UPDATE budget_data_source_config SET recent_failures = '{}'")
    assert look_for_alerts(database, ()) == 0
    change(database, customer, "UPDATE budget_data_source_config SET recent_failures = array_fill(now(), ARRAY[4])")
    assert look_for_alerts(database, ()) == 1


def only_row_now(database: Database) -> object:
    """The database's time."""
    with database.system() as connection:
        return only_row(connection.execute("SELECT now()"))[0]


@pytest.mark.usefixtures("hook", "source_id")
def test_a_source_that_was_not_listed_for_a_day_is_stale(database: Database, customer: Customer) -> None:
    change(database, customer, "UPDATE budget_data_source_config SET last_sync_at = now() - interval '23 hours'")
    assert look_for_alerts(database, ()) == 0
    change(database, customer, "UPDATE budget_data_source_config SET last_sync_at = now() - interval '25 hours'")
    assert look_for_alerts(database, ()) == 1
    assert "last listed: 20" in rows_of(database, customer, _TOLD)[0][1]


@pytest.mark.usefixtures("hook")
def test_many_files_that_did_not_load_are_told(database: Database, customer: Customer, source_id: UUID) -> None:
    finished(database, customer, source_id, ["failed"] * 4)
    assert look_for_alerts(database, ()) == 0
    finished(database, customer, source_id, ["completed", "completed"])
    assert look_for_alerts(database, ()) == 1
    assert rows_of(database, customer, _TOLD)[0][1].startswith("4 of the 6 files")


def finished(database: Database, customer: Customer, source_id: UUID, states: list[str]) -> None:
    """Files of the source were imported a moment ago."""
    with database.tenant(customer.id) as connection:
        connection.execute(
            "INSERT INTO import_history (customer_id, file_name, sha256, size_bytes, source_type, source_id,"
            " remote_version, status, finished_at)"
            " SELECT %s, 'f', 'x', 0, 'sftp', %s, uuidv7()::text, state, now() FROM unnest(%s::text[]) AS state",
            (customer.id, source_id, states),
        )


@dataclass
class Mailbox:
    """A mail server of the loopback that takes everything."""

    port: int = 0
    mails: list[str] = field(default_factory=list)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """It listens for the time of the test."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    box.mails.append(b"".join(lines).decode())
                self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield box
        server.shutdown()
        thread.join()


def test_an_alert_reaches_the_operators_hook_and_mailbox(
    database: Database, customer: Customer, deliverer: Deliverer, receiver: Receiver, mailbox: Mailbox
) -> None:
    mail = Mail(f"smtp://127.0.0.1:{mailbox.port}", "budget-sync@example.com", "ops@example.com")
    operated = replace(deliverer, channels=OperatorChannels(receiver.url, mail))
    assert operated.channels.configured() == (Channel.SLACK, Channel.MAIL)
    alert = Alert(EventType.RUN_FAILED, "run-1", "The run run-1 failed.")
    assert raise_alert(database, customer.id, alert, operated.channels.configured())
    assert not raise_alert(database, customer.id, alert, operated.channels.configured())
    assert operated.deliver_due(10) == Delivered(2, 0)
    assert [message.content for message in receiver.messages] == [{"text": "budget_sync: The run run-1 failed."}]
    (arrived,) = mailbox.mails
    assert "To: ops@example.com" in arrived
    assert "Subject: budget_sync: run failed" in arrived
    assert "The run run-1 failed." in arrived


def test_nothing_waits_for_a_channel_that_nobody_configured(
    database: Database, customer: Customer, deliverer: Deliverer
) -> None:
    assert deliverer.channels.configured() == ()
    raise_alert(database, customer.id, Alert(EventType.RUN_FAILED, "run-1", "It failed."), ())
    assert rows_of(database, customer, _TOLD) == []
