"""What a person decides: confirm, decline, undo, undo of the undo; and the log of it all."""

import psycopg
import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import ConflictError, NotFoundError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine, audit_seals
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportMode, ImportOptions
from budget_sync.settings import Settings
from budget_sync_tests.database.importing.files import (
    CATEGORIES,
    budget_csv,
    budget_rows,
    counts_of,
    incoming,
    payroll_csv,
    rows_of,
    total_of,
)

_LINES = """
SELECT department, sub_category, budgeted_amount, state, source, import_id, deleted_at IS NULL FROM budget ORDER BY id
"""
_FIRST_TOTAL = sum(int(row[3]) for row in budget_rows())


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


def _no_period() -> bytes:
    return budget_csv().replace(b"Fiscal Year", b"Note").replace(b"FY2025", b"ok")


def test_what_waits_is_listed_oldest_first_and_loaded_when_confirmed(engine: Engine, customer: Customer) -> None:
    first = engine.run(customer.id, incoming(_no_period()))
    second = engine.run(customer.id, incoming(_no_period().replace(b"1000", b"1")))
    assert [record.import_id for record in engine.waiting(customer.id)] == [first.import_id, second.import_id]
    result = engine.confirm(customer.id, first.import_id, ImportOptions(fiscal_period="FY2026"), user="ann")
    assert (result.import_id, result.status, result.imported) == (first.import_id, ImportState.COMPLETED, 20)
    assert [record.import_id for record in engine.waiting(customer.id)] == [second.import_id]


def test_the_history_keeps_what_was_asked_what_was_answered_and_by_whom(
    engine: Engine, database: Database, customer: Customer
) -> None:
    waiting = engine.run(customer.id, incoming(_no_period(), user="ann"))
    with database.tenant(customer.id) as connection:  # nobody looked for a month
        connection.execute("UPDATE import_history SET received_at = received_at - interval '30 days'")
    engine.confirm(customer.id, waiting.import_id, ImportOptions(fiscal_period="FY2026"), user="bob")
    record = engine.get(customer.id, waiting.import_id)
    (decision,) = record.decisions
    assert (decision.decision, decision.was, decision.user) == ("confirmed", ImportState.NEEDS_REVIEW, "bob")
    assert decision.questions == waiting.questions != []
    assert decision.answers == {"fiscalPeriod": "FY2026"}
    assert record.user == "ann"
    assert record.duration_ms is not None
    assert record.duration_ms < 60_000


def test_a_rejected_file_is_loaded_when_a_person_says_it_is_a_budget(engine: Engine, customer: Customer) -> None:
    rejected = engine.run(customer.id, incoming(payroll_csv()))
    result = engine.confirm(customer.id, rejected.import_id)
    assert result.status is not ImportState.REJECTED


def test_a_declined_import_keeps_the_reason_and_is_not_asked_about_again(engine: Engine, customer: Customer) -> None:
    waiting = engine.run(customer.id, incoming(_no_period()))
    declined = engine.decline(customer.id, waiting.import_id, "the wrong year", user="ann")
    assert declined.status is ImportState.DECLINED
    assert declined.error is not None
    assert declined.error.message == "the wrong year"
    assert engine.waiting(customer.id) == []
    (decision,) = engine.get(customer.id, waiting.import_id).decisions
    assert (decision.decision, decision.reason, decision.user) == ("declined", "the wrong year", "ann")
    with pytest.raises(ConflictError, match="declined"):
        engine.confirm(customer.id, waiting.import_id)


def test_an_undo_takes_back_created_changed_and_removed_lines(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    before = rows_of(database, customer, _LINES)
    rows = [*budget_rows(3)[:3], ("Legal", "Advice", "FY2025", "5")]
    second = engine.run(customer.id, incoming(budget_csv(rows)), ImportOptions(mode=ImportMode.REPLACE))
    assert (second.stats.created, second.stats.updated, second.stats.removed) == (1, 3, 1)
    undone = engine.undo(customer.id, second.import_id, user="ann")
    assert (undone.status, undone.stats.created, undone.stats.updated, undone.stats.removed) == ("completed", 1, 3, 1)
    assert rows_of(database, customer, _LINES)[:20] == before
    assert total_of(database, customer) == _FIRST_TOTAL
    assert engine.get(customer.id, second.import_id).status is ImportState.UNDONE
    assert engine.get(customer.id, undone.import_id).undo_of == second.import_id


def test_an_undo_can_be_undone(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    rows = [*budget_rows(3)[:3], ("Legal", "Advice", "FY2025", "5")]
    second = engine.run(customer.id, incoming(budget_csv(rows)), ImportOptions(mode=ImportMode.REPLACE))
    live = "SELECT department, sub_category, budgeted_amount FROM budget WHERE deleted_at IS NULL ORDER BY id"
    loaded = rows_of(database, customer, live)
    undone = engine.undo(customer.id, second.import_id)
    engine.undo(customer.id, undone.import_id)
    assert rows_of(database, customer, live) == loaded
    assert engine.get(customer.id, second.import_id).status is ImportState.COMPLETED
    with pytest.raises(ConflictError):
        engine.undo(customer.id, undone.import_id)


def test_an_undo_keeps_lines_that_were_changed_since_and_names_them(
    engine: Engine, database: Database, customer: Customer
) -> None:
    first = engine.run(customer.id, incoming())
    engine.run(customer.id, incoming(budget_csv(budget_rows(2)[:1])))
    undone = engine.undo(customer.id, first.import_id)
    assert undone.stats.removed == 19
    assert any("Engineering / Software / FY2025" in warning for warning in undone.warnings)
    assert undone.named_lines.kept == ["Engineering / Software / FY2025"]
    assert total_of(database, customer) == 2000


def test_an_undo_closes_lines_with_money_on_them(engine: Engine, database: Database, customer: Customer) -> None:
    first = engine.run(customer.id, incoming())
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET reserved_amount = 1 WHERE department = 'Sales'")
    undone = engine.undo(customer.id, first.import_id)
    assert undone.stats.removed == 16
    assert undone.named_lines.closed == [f"Sales / {name} / FY2025" for name in sorted(CATEGORIES)]
    assert rows_of(database, customer, "SELECT DISTINCT department, state FROM budget WHERE deleted_at IS NULL") == [
        ("Sales", "closed")
    ]
    engine.undo(customer.id, undone.import_id)
    assert rows_of(database, customer, "SELECT DISTINCT state FROM budget WHERE deleted_at IS NULL") == [("open",)]
    assert total_of(database, customer) == _FIRST_TOTAL


def test_an_undo_names_lines_that_it_sets_back_below_what_is_used(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    second = engine.run(customer.id, incoming(budget_csv(budget_rows(2))))
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET reserved_amount = 1500 WHERE budgeted_amount = 2000")
    undone = engine.undo(customer.id, second.import_id)
    assert undone.named_lines.over_committed == ["Engineering / Software / FY2025"]


def test_a_file_can_be_imported_again_after_its_undo(engine: Engine, database: Database, customer: Customer) -> None:
    first = engine.run(customer.id, incoming())
    engine.undo(customer.id, first.import_id)
    again = engine.run(customer.id, incoming())
    assert (again.status, again.stats.created) == (ImportState.COMPLETED, 20)
    assert total_of(database, customer) == _FIRST_TOTAL


def test_only_what_loaded_can_be_taken_back(engine: Engine, customer: Customer, other_customer: Customer) -> None:
    rejected = engine.run(customer.id, incoming(payroll_csv()))
    with pytest.raises(ConflictError, match="rejected"):
        engine.undo(customer.id, rejected.import_id)
    loaded = engine.run(customer.id, incoming())
    for decide in (engine.undo, engine.confirm):
        with pytest.raises(NotFoundError):
            decide(other_customer.id, loaded.import_id)


def test_every_import_and_decision_is_in_the_log_and_sealed(
    engine: Engine, database: Database, customer: Customer
) -> None:
    loaded = engine.run(customer.id, incoming(user="ann"))
    engine.undo(customer.id, loaded.import_id, user="bob")
    assert rows_of(database, customer, "SELECT actor, action FROM audit_log ORDER BY id") == [
        ("system", "customer.create"),
        ("ann", "import"),
        ("bob", "undo"),
    ]
    with database.tenant(customer.id) as connection:
        assert audit_seals.seal(connection) == 3
        assert audit_seals.seal(connection) == 0
        assert audit_seals.broken_seals(connection) == []


def test_a_changed_row_of_the_log_is_found(
    engine: Engine, settings: Settings, database: Database, customer: Customer
) -> None:
    loaded = engine.run(customer.id, incoming(user="ann"))
    engine.undo(customer.id, loaded.import_id, user="bob")
    with database.tenant(customer.id) as connection:
        audit_seals.seal(connection)
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as administrator:
        administrator.execute("UPDATE audit_log SET actor = 'eve' WHERE actor = 'ann'")
    with database.tenant(customer.id) as connection:
        assert audit_seals.broken_seals(connection) == [2]


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'eve'", "DELETE FROM audit_log"])
def test_the_program_may_not_change_the_log(database: Database, customer: Customer, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.tenant(customer.id) as connection:
        connection.execute(statement.encode())


def test_a_failed_transaction_leaves_no_entry(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming(), ImportOptions(dry_run=True))
    assert rows_of(database, customer, "SELECT count(*) FROM audit_log WHERE action = 'import'") == [(0,)]
    assert counts_of(database, customer)["budget"] == 0
