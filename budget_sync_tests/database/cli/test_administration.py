"""Customers, keys and tables, as the operator sets them up."""

from uuid import UUID

import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import NotAuthenticatedError
from budget_sync.importing.keys import verify_key
from budget_sync_tests.database.cli.conftest import Program


def test_a_customer_that_was_added_is_listed(program: Program) -> None:
    added = program("customer", "add", "acme", "--name", "Acme Inc", "--currency", "usd")
    UUID(added.stdout.strip())
    row = program("customer", "list").stdout.splitlines()[1]
    assert row.split() == ["acme", "Acme", "Inc", "USD", "1", added.stdout.strip()]


def test_a_second_customer_of_the_same_name_is_refused_with_the_reason(program: Program) -> None:
    program("customer", "add", "acme")
    again = program("customer", "add", "acme")
    assert again.exit_code == 1
    assert "There is a customer 'acme' already." in again.stderr


def test_a_created_key_stands_alone_on_standard_output_and_opens_the_door(program: Program, database: Database) -> None:
    program("customer", "add", "acme")
    created = program("key", "create", "--customer", "acme", "--scope", "check")
    caller = verify_key(database, created.stdout.strip())
    assert caller.scopes == {"check"}


def test_a_revoked_key_opens_nothing(program: Program, database: Database) -> None:
    program("customer", "add", "acme")
    key = program("key", "create", "--customer", "acme").stdout.strip()
    assert program("key", "revoke", "--customer", "acme", key.split("_")[1]).exit_code == 0
    with pytest.raises(NotAuthenticatedError):
        verify_key(database, key)
    assert "revoked" in program("key", "list", "--customer", "acme").stdout


def test_a_key_of_an_operator_belongs_to_no_customer(program: Program) -> None:
    key = program("key", "create", "--operator", "--label", "Ops").stdout.strip()
    assert key.startswith("bsk_")
    assert "operator" in program("key", "list", "--operator").stdout
    assert program("key", "revoke", "--operator", key.split("_")[1]).exit_code == 0
    assert "revoked" in program("key", "list", "--operator").stdout


def test_whose_keys_are_meant_is_said_exactly_once(program: Program) -> None:
    assert program("key", "list").exit_code == 2
    assert program("key", "create", "--customer", "acme", "--operator").exit_code == 2
    assert program("key", "create", "--operator", "--scope", "check").exit_code == 2
    assert program("key", "revoke", "--operator", "000000000000").exit_code == 1


def test_a_key_of_nobody_is_refused(program: Program) -> None:
    answer = program("key", "create", "--customer", "nobody")
    assert answer.exit_code == 1
    assert "There is no customer 'nobody'" in answer.stderr


def test_upgrading_twice_changes_nothing(program: Program) -> None:
    first, second = program("db", "upgrade"), program("db", "upgrade")
    assert first.stdout == second.stdout
    assert program("db", "status").exit_code == 0


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BUDGET_SYNC_API_PORT", "eighty"),
        ("BUDGET_SYNC_DATABASE_CONNECTIONS", "0"),
        ("BUDGET_SYNC_RATE_LIMITS", "chekc=1/minute"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_as_it_is_set(
    program: Program, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    answer = program("db", "status")
    assert answer.exit_code == 1
    assert f"The setting {variable} does not fit: " in answer.stderr
