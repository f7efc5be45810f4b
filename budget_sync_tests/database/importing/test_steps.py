"""The steps one by one, as orchestration takes them: repeatable, claimed once, taken up again after a death."""

import subprocess
import sys
from uuid import UUID, uuid4

import pytest

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import NotABudgetError, NotFoundError, UnreadableFileError
from budget_sync.domain.fields import FileType, ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.history import this_worker
from budget_sync.importing.janitor import settle_abandoned
from budget_sync_tests.database.importing.files import counts_of, incoming, payroll_csv, rows_of


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


@pytest.fixture
def source_id(database: Database, customer: Customer) -> UUID:
    """A configured source of the customer."""
    with database.tenant(customer.id) as connection:
        (made,) = only_row(
            connection.execute(
                "INSERT INTO budget_data_source_config (customer_id, name, source_type, configuration)"
                " VALUES (%s, 'partner', 'sftp', '{}') RETURNING id",
                (customer.id,),
            )
        )
    return UUID(str(made))


def test_the_steps_end_as_the_whole_does(engine: Engine, database: Database, customer: Customer) -> None:
    received = engine.receive(customer.id, incoming(), run_id="run-1")
    assert engine.get(customer.id, received.import_id).status is ImportState.PROCESSING
    assert engine.understand(received.import_id).analysis.can_proceed
    assert engine.validate(received.import_id).amount_count == 20
    result = engine.load(received.import_id)
    assert (result.status, result.imported) == (ImportState.COMPLETED, 20)
    assert engine.get(customer.id, received.import_id).run_id == "run-1"
    assert counts_of(database, customer)["import_preview"] == 0


def test_steps_repeated_after_the_load_leave_it_as_it_is(
    engine: Engine, database: Database, customer: Customer
) -> None:
    received = engine.receive(customer.id, incoming())
    engine.validate(received.import_id)
    first = engine.load(received.import_id)
    before = counts_of(database, customer)
    assert engine.understand(received.import_id).analysis.budget_rows == 20
    assert engine.validate(received.import_id).amount_count == 20
    assert engine.load(received.import_id) == first
    assert counts_of(database, customer) == before


def test_a_load_without_the_steps_before_it_takes_them(engine: Engine, customer: Customer) -> None:
    received = engine.receive(customer.id, incoming())
    assert engine.load(received.import_id).status is ImportState.COMPLETED


def test_a_payroll_is_understood_and_stopped_before_its_lines(engine: Engine, customer: Customer) -> None:
    received = engine.receive(customer.id, incoming(payroll_csv()))
    for _ in range(2):
        detected = engine.understand(received.import_id).analysis.file_type_detection
        assert detected.likely_file_type is FileType.PAYROLL
        assert engine.get(customer.id, received.import_id).status is ImportState.REJECTED
        with pytest.raises(NotABudgetError):
            engine.validate(received.import_id)
        assert engine.get(customer.id, received.import_id).status is ImportState.REJECTED


def test_an_unreadable_file_fails_in_the_first_step(engine: Engine, customer: Customer) -> None:
    received = engine.receive(customer.id, incoming(b"%PDF-1.7"))
    with pytest.raises(UnreadableFileError):
        engine.understand(received.import_id)
    assert engine.result(customer.id, received.import_id).status is ImportState.FAILED


def test_one_version_of_a_remote_file_is_claimed_once(engine: Engine, customer: Customer, source_id: UUID) -> None:
    details = {"source_type": "sftp", "source_id": source_id, "remote_version": "v1"}
    first = engine.receive(customer.id, incoming(**details))
    second = engine.receive(customer.id, incoming(**details))
    assert first.already is None
    assert (second.import_id, second.already) == (first.import_id, ImportState.PROCESSING)
    engine.load(first.import_id)
    assert engine.receive(customer.id, incoming(**details)).already is ImportState.COMPLETED
    assert engine.receive(customer.id, incoming(**(details | {"remote_version": "v2"}))).already is None


def test_a_dead_workers_import_is_settled_and_taken_up_again(
    engine: Engine, database: Database, customer: Customer, source_id: UUID
) -> None:
    details = {"source_type": "sftp", "source_id": source_id, "remote_version": "v1"}
    received = engine.receive(customer.id, incoming(**details))
    assert settle_abandoned(database) == []
    _say_worker_was(database, customer, this_worker().rpartition(":")[0] + f":{_a_dead_process()}")
    assert settle_abandoned(database) == [received.import_id]
    record = engine.get(customer.id, received.import_id)
    assert record.error is not None
    assert (record.status, record.error.code) == (ImportState.FAILED, "worker_died")
    again = engine.receive(customer.id, incoming(**details))
    assert (again.import_id, again.already) == (received.import_id, None)
    assert engine.load(again.import_id).status is ImportState.COMPLETED


def test_a_worker_elsewhere_is_dead_when_its_lease_is_over(
    engine: Engine, database: Database, customer: Customer
) -> None:
    received = engine.receive(customer.id, incoming())
    _say_worker_was(database, customer, "elsewhere:1")
    assert settle_abandoned(database) == []
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE import_history SET lease_until = now() - interval '1 second'")
    assert settle_abandoned(database) == [received.import_id]


def _say_worker_was(database: Database, customer: Customer, worker: str) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE import_history SET worker = %s", (worker,))


def _a_dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_stranger_finds_nothing_by_any_function(
    engine: Engine, database: Database, customer: Customer, other_customer: Customer
) -> None:
    received = engine.receive(customer.id, incoming())
    engine.load(received.import_id)
    assert engine.history(other_customer.id) == []
    for ask in (engine.get, engine.result):
        with pytest.raises(NotFoundError):
            ask(other_customer.id, received.import_id)
    with pytest.raises(NotFoundError):
        engine.import_upload(other_customer.id, received.sha256, "budget.csv")
    assert counts_of(database, other_customer) == dict.fromkeys(counts_of(database, customer), 0)


def test_two_customers_have_lines_of_the_same_names(
    engine: Engine, database: Database, customer: Customer, other_customer: Customer
) -> None:
    for owner in (customer, other_customer):
        assert engine.run(owner.id, incoming()).stats.created == 20
    assert rows_of(database, customer, "SELECT count(*) FROM budget") == [(20,)]


def test_an_unknown_import_is_said_to_be_unknown(engine: Engine) -> None:
    with pytest.raises(NotFoundError):
        engine.load(uuid4())
