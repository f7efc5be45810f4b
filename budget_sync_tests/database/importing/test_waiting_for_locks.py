"""Two at once: one waits and both are right; nobody waits for ever, and whoever gave up is told what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from budget_sync.database import Connection, Database
from budget_sync.domain.errors import ConflictError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.loading import lock_customer, locks
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, counts_of, incoming, total_of
from budget_sync_tests.waiting import wait_until

if TYPE_CHECKING:
    from budget_sync.importing.result import ImportResult


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


@contextmanager
def another_import(database: Database, customer: Customer) -> Iterator[Connection]:
    """Another import of the customer, in the middle of its load."""
    with database.tenant(customer.id) as connection:
        lock_customer(connection, customer.id)
        yield connection


def waits_for_a_lock(connection: Connection) -> bool:
    """Whether anybody waits for what this connection holds."""
    row = connection.execute(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    ).fetchone()
    return row is not None and row[0] > 0


def test_an_import_waits_for_another_one_and_builds_on_what_it_left(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    results: list[ImportResult] = []
    second = Thread(target=lambda: results.append(engine.run(customer.id, incoming(budget_csv(budget_rows(2))))))
    with another_import(database, customer) as connection:
        second.start()
        wait_until(lambda: waits_for_a_lock(connection), "the second import waits")
        connection.execute("UPDATE budget SET budgeted_amount = 2000 WHERE budgeted_amount = 1000")
    second.join()
    assert [(result.status, result.stats.updated, result.stats.unchanged) for result in results] == [
        (ImportState.COMPLETED, 19, 1)
    ]
    assert total_of(database, customer) == 2 * sum(int(row[3]) for row in budget_rows())


def test_an_import_that_waited_too_long_says_so_and_loads_later(
    engine: Engine, database: Database, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with another_import(database, customer):
        monkeypatch.setattr(locks, "LOCK_TIMEOUT", "50ms")
        result = engine.run(customer.id, incoming())
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert result.error.code == "conflict"
    assert "try again later" in result.error.message
    assert set(counts_of(database, customer).values()) == {0}
    assert engine.run(customer.id, incoming()).status is ImportState.COMPLETED


def test_a_line_that_is_held_for_too_long_takes_the_whole_load_back(
    engine: Engine, database: Database, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.run(customer.id, incoming())
    monkeypatch.setattr(locks, "LOCK_TIMEOUT", "50ms")
    with database.tenant(customer.id) as somebody:
        somebody.execute("SELECT FROM budget WHERE department = 'Sales' FOR UPDATE")
        result = engine.run(customer.id, incoming(budget_csv(budget_rows(2))))
    assert result.error is not None
    assert result.error.code == "conflict"
    assert total_of(database, customer) == sum(int(row[3]) for row in budget_rows())


def test_an_undo_that_waited_too_long_changes_nothing(
    engine: Engine, database: Database, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = engine.run(customer.id, incoming())
    with another_import(database, customer):
        monkeypatch.setattr(locks, "LOCK_TIMEOUT", "50ms")
        with pytest.raises(ConflictError, match="try again later"):
            engine.undo(customer.id, loaded.import_id)
    assert engine.get(customer.id, loaded.import_id).status is ImportState.COMPLETED
    assert len(engine.history(customer.id)) == 1


def test_a_statement_that_takes_too_long_is_stopped(
    engine: Engine, database: Database, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with another_import(database, customer):
        monkeypatch.setattr(locks, "STATEMENT_TIMEOUT", "50ms")
        result = engine.run(customer.id, incoming())
    assert result.error is not None
    assert result.error.code == "conflict"
    assert "longer than ten minutes" in result.error.message
    assert set(counts_of(database, customer).values()) == {0}
