"""API keys: let in once made, turned away when revoked, expired or altered; nothing of them is stored."""

from datetime import UTC, datetime, timedelta

import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import InvalidRequestError, NotAuthenticatedError
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key, list_keys, revoke_key, verify_key


def test_a_new_key_says_whose_it_is_and_what_it_may(database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id, scopes=["check", "read"])
    verified = verify_key(database, key)
    assert verified.customer_id == customer.id
    assert verified.scopes == {"check", "read"}


def test_a_revoked_key_is_turned_away_at_once(database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id)
    revoke_key(database, customer.id, list_keys(database, customer.id)[0].key_id)
    with pytest.raises(NotAuthenticatedError):
        verify_key(database, key)


def test_an_expired_key_is_turned_away(database: Database, customer: Customer) -> None:
    key = create_key(database, customer.id, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(NotAuthenticatedError):
        verify_key(database, key)


@pytest.mark.parametrize("key", ["", "bsk_", "bsk_0123456789ab_" + "0" * 48, "Bearer x", "bsk_\x00"])
def test_an_unknown_key_is_turned_away(database: Database, customer: Customer, key: str) -> None:
    create_key(database, customer.id)
    with pytest.raises(NotAuthenticatedError):
        verify_key(database, key)


def test_an_unknown_scope_is_refused(database: Database, customer: Customer) -> None:
    with pytest.raises(InvalidRequestError, match="operator"):
        create_key(database, customer.id, scopes=["operator"])


def test_the_secret_of_a_key_is_nowhere_in_the_database(database: Database, customer: Customer) -> None:
    secret = create_key(database, customer.id).rpartition("_")[2]
    with database.tenant(customer.id) as connection:
        rows = connection.execute("SELECT k::text, encode(digest, 'escape') FROM api_key k").fetchall()
    assert rows
    assert secret not in str(rows)
