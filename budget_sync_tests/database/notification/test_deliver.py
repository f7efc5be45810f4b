"""From the outbox to the receiver: signed, tried again, given up, switched off, sent once more."""

from datetime import UTC, datetime
from threading import Thread
from uuid import UUID

import msgspec
import pytest
from standardwebhooks import Webhook

from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.notification.deliver import Delivered, Deliverer
from budget_sync.notification.deliveries import Delivery, list_deliveries, replay
from budget_sync.notification.endpoints import (
    Endpoint,
    EndpointWish,
    change_endpoint,
    read_endpoint,
    replace_secret,
)
from budget_sync.notification.reach import Reach
from budget_sync.notification.retries import MOST_ATTEMPTS
from budget_sync.settings import Settings
from budget_sync.sources.master_keys import open_keyring, rotate
from budget_sync_tests.database.importing.files import incoming
from budget_sync_tests.database.notification.receiver import Receiver

Hook = tuple[Endpoint, str]


@pytest.fixture
def told(database: Database, customer: Customer, hook: Hook) -> Hook:
    """Something was imported, and the customer's webhook is to hear of it."""
    Engine(database).run(customer.id, incoming())
    return hook


def log(database: Database, customer: Customer, hook: Hook) -> Delivery:
    """The only delivery of the webhook."""
    with database.tenant(customer.id) as connection:
        (delivery,) = list_deliveries(connection, hook[0].id, 10)
    return delivery


def make_due(database: Database, customer: Customer) -> None:
    """The time of the next attempt has come."""
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE webhook_delivery SET next_at = now() WHERE state = 'waiting'")


def test_an_event_arrives_signed_and_once(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook, receiver: Receiver
) -> None:
    assert deliverer.deliver_due(10) == Delivered(1, 0)
    assert deliverer.deliver_due(10) == Delivered(0, 0)
    (message,) = receiver.messages
    assert Webhook(told[1]).verify(message.body, message.headers)["type"] == "budget.import.completed"
    delivery = log(database, customer, told)
    assert (delivery.state, delivery.attempts, [attempt.status for attempt in delivery.log]) == ("delivered", 1, [204])
    assert message.headers["webhook-id"] == f"msg_{delivery.event_id}"


def test_what_failed_is_tried_again_later_under_the_same_id(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook, receiver: Receiver
) -> None:
    receiver.answers = [500, 302]
    assert deliverer.deliver_due(10) == Delivered(0, 1)
    delivery = log(database, customer, told)
    assert delivery.next_attempt_at is not None
    assert 0 < (delivery.next_attempt_at - datetime.now(UTC)).total_seconds() < 7
    for _ in range(2):
        make_due(database, customer)
        deliverer.deliver_due(10)
    assert [attempt.status for attempt in log(database, customer, told).log] == [500, 302, 204]
    assert len({message.headers["webhook-id"] for message in receiver.messages}) == 1
    assert len({message.body for message in receiver.messages}) == 1


def test_after_the_tenth_attempt_it_is_given_up_and_can_be_sent_by_hand(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook, receiver: Receiver
) -> None:
    receiver.answers = [503] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS + 2):
        make_due(database, customer)
        deliverer.deliver_due(10)
    delivery = log(database, customer, told)
    assert (delivery.state, delivery.attempts, len(receiver.messages)) == ("failed", 10, 10)
    with database.tenant(customer.id) as connection:
        replay(connection, told[0].id, delivery.id)
    assert deliverer.deliver_due(10) == Delivered(1, 0)
    assert log(database, customer, told).state == "delivered"
    assert len({message.headers["webhook-id"] for message in receiver.messages}) == 1


def test_a_receiver_that_is_gone_switches_its_webhook_off(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook, receiver: Receiver
) -> None:
    receiver.answers = [410]
    deliverer.deliver_due(10)
    with database.tenant(customer.id) as connection:
        endpoint = read_endpoint(connection, told[0].id)
    assert (endpoint.active, endpoint.disabled_because) == (False, "The receiver answered 410: it is gone.")
    assert log(database, customer, told).state == "failed"
    Engine(database).run(customer.id, incoming(b"Department,Fiscal Year,Budget\nSales,FY2026,5\nLegal,FY2026,7\n"))
    assert deliverer.deliver_due(10) == Delivered(0, 0)


def test_what_waited_while_a_webhook_was_off_is_sent_when_it_is_on_again(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook
) -> None:
    endpoint = told[0]
    for active, expected in ((False, Delivered(0, 0)), (True, Delivered(1, 0))):
        with database.tenant(customer.id) as connection:
            wish = EndpointWish(endpoint.url, endpoint.events, active=active)
            endpoint = change_endpoint(connection, endpoint.id, endpoint.version, wish, "ann")
        assert deliverer.deliver_due(10) == expected


def test_for_a_day_both_secrets_sign_and_then_the_new_one_alone(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook, receiver: Receiver
) -> None:
    with database.tenant(customer.id) as connection:
        _, secret = replace_secret(connection, customer.id, told[0].id, open_keyring(database.settings), "ann")
    deliverer.deliver_due(10)
    for known in (told[1], secret):
        Webhook(known).verify(receiver.messages[0].body, receiver.messages[0].headers)
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE webhook_endpoint SET retired_until = now()")
        replay(connection, told[0].id, log(database, customer, told).id)
    deliverer.deliver_due(10)
    assert len(receiver.messages[1].headers["webhook-signature"].split()) == 1
    Webhook(secret).verify(receiver.messages[1].body, receiver.messages[1].headers)


def test_several_deliverers_send_each_event_once(
    database: Database, customer: Customer, deliverer: Deliverer, hook: Hook, receiver: Receiver
) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute(
            "SELECT emit_event('budget.reserved', jsonb_build_object('n', n)) FROM generate_series(1, 30) n"
        )
    rounds = [Thread(target=deliverer.deliver_due, args=(50,)) for _ in range(3)]
    for each in rounds:
        each.start()
    for each in rounds:
        each.join()
    assert sorted(message.content["data"]["n"] for message in receiver.messages) == list(range(1, 31))
    assert hook[0].active


def test_an_address_that_is_not_allowed_is_never_connected_to(
    database: Database, customer: Customer, deliverer: Deliverer, told: Hook, receiver: Receiver
) -> None:
    guarded = Deliverer(database, deliverer.sealer, Reach.of(_public(database)), deliverer.channels)
    assert guarded.deliver_due(10) == Delivered(0, 1)
    (attempt,) = log(database, customer, told).log
    assert (attempt.status, "a loopback address" in attempt.said, receiver.messages) == (None, True, [])


def _public(database: Database) -> Settings:
    return database.settings.model_copy(update={"allowed_networks": ""})


def test_the_secret_is_sealed_bound_to_its_row_and_survives_a_new_master_key(
    database: Database, customer: Customer, told: Hook, receiver: Receiver
) -> None:
    with database.tenant(customer.id) as connection:
        rows = connection.execute("SELECT secret FROM webhook_endpoint").fetchall()
    assert told[1].encode() not in bytes(rows[0][0])
    assert rotate(database, [customer.id]) == 1
    Deliverer.of(database, open_keyring(database.settings)).deliver_due(10)
    Webhook(told[1]).verify(receiver.messages[0].body, receiver.messages[0].headers)


def test_one_customers_deliveries_are_not_seen_by_another(
    database: Database, customer: Customer, other_customer: Customer, told: Hook
) -> None:
    assert log(database, customer, told).event_type == "budget.import.completed"
    with database.tenant(other_customer.id) as connection:
        assert list_deliveries(connection, told[0].id, 10) == []
        assert connection.execute("SELECT count(*) FROM webhook_endpoint").fetchone() == (0,)


def test_every_change_of_a_webhook_is_in_the_audit_log(database: Database, customer: Customer, hook: Hook) -> None:
    with database.tenant(customer.id) as connection:
        rows = connection.execute(
            "SELECT actor, action, subject FROM audit_log WHERE subject = %s", (hook[0].id,)
        ).fetchall()
    assert rows == [("ann", "webhook.create", hook[0].id)]
    assert isinstance(hook[0].id, UUID)
    assert "secret" not in msgspec.json.encode(hook[0]).decode()
