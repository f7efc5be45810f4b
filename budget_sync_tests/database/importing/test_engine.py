"""One file through all rooms: what each kind of file ends as, and what stands afterwards."""

from threading import Thread
from typing import TYPE_CHECKING

import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions
from budget_sync_tests.database.importing.files import (
    budget_csv,
    budget_rows,
    counts_of,
    incoming,
    payroll_csv,
    rows_of,
    total_of,
)

if TYPE_CHECKING:
    from budget_sync.importing.result import ImportResult


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


def test_a_budget_becomes_lines(engine: Engine, database: Database, customer: Customer) -> None:
    result = engine.run(customer.id, incoming(user="ann"))
    assert (result.status, result.imported, result.success) == (ImportState.COMPLETED, 20, True)
    assert (result.stats.total_rows, result.stats.success_rows, result.stats.error_rows) == (20, 20, 0)
    assert total_of(database, customer) == sum(int(row[3]) for row in budget_rows())
    assert rows_of(database, customer, "SELECT DISTINCT currency, line_type, source FROM budget") == [
        ("EUR", "expense", "upload")
    ]


def test_the_same_file_again_changes_nothing_and_says_so(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    before = counts_of(database, customer)
    again = engine.run(customer.id, incoming(name="renamed.csv"))
    assert (again.status, again.imported, again.stats.unchanged) == (ImportState.UNCHANGED, 0, 20)
    assert again.file_type == "budget"
    assert counts_of(database, customer) == before


def test_a_corrected_file_changes_only_what_differs(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    rows = budget_rows()
    rows[3] = (*rows[3][:3], "4711")
    result = engine.run(customer.id, incoming(budget_csv(rows)))
    assert (result.stats.created, result.stats.updated, result.stats.unchanged) == (0, 1, 19)
    assert rows_of(database, customer, "SELECT count(*) FROM budget_revision WHERE change = 'updated'") == [(1,)]


def test_an_old_file_sent_after_a_newer_one_is_applied_again(
    engine: Engine, database: Database, customer: Customer
) -> None:
    first, second = budget_csv(), budget_csv(budget_rows(2))
    for content in (first, second, first):
        result = engine.run(customer.id, incoming(content))
    assert (result.status, result.stats.updated) == (ImportState.COMPLETED, 20)
    assert total_of(database, customer) == sum(int(row[3]) for row in budget_rows())


def test_the_same_file_asked_for_with_other_options_is_not_the_same_import(
    engine: Engine, database: Database, customer: Customer
) -> None:
    content = budget_csv().replace(b"Fiscal Year", b"Note").replace(b"FY2025", b"ok")
    engine.run(customer.id, incoming(content), ImportOptions(fiscal_period="FY2025"))
    result = engine.run(customer.id, incoming(content), ImportOptions(fiscal_period="FY2026"))
    assert (result.status, result.stats.created) == (ImportState.COMPLETED, 20)
    assert rows_of(database, customer, "SELECT DISTINCT fiscal_period FROM budget ORDER BY 1") == [
        ("FY2025",),
        ("FY2026",),
    ]


def test_the_same_file_twice_at_once_is_loaded_once(engine: Engine, database: Database, customer: Customer) -> None:
    results: list[ImportResult] = []
    threads = [Thread(target=lambda: results.append(engine.run(customer.id, incoming()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.status for result in results) == ["completed", "unchanged", "unchanged"]
    assert counts_of(database, customer)["budget_revision"] == 20


def test_a_payroll_is_rejected(engine: Engine, database: Database, customer: Customer) -> None:
    result = engine.run(customer.id, incoming(payroll_csv(), "payroll.csv"))
    assert (result.status, result.success, result.imported) == (ImportState.REJECTED, False, 0)
    assert result.error is not None
    assert result.error.code == "not_a_budget"
    assert ".." not in result.error.message
    assert counts_of(database, customer)["budget"] == 0


def test_a_file_without_a_period_waits_for_one(engine: Engine, database: Database, customer: Customer) -> None:
    content = budget_csv().replace(b"Fiscal Year", b"Note").replace(b"FY2025", b"ok")
    result = engine.run(customer.id, incoming(content))
    assert result.status is ImportState.NEEDS_REVIEW
    assert result.questions or result.error
    assert counts_of(database, customer)["budget"] == 0


def test_a_pdf_fails_with_what_it_is(engine: Engine, customer: Customer) -> None:
    result = engine.run(customer.id, incoming(b"%PDF-1.7 ...", "budget.csv"))
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert result.error.code == "unreadable_file"
    assert "PDF" in result.error.message


def test_good_rows_go_on_and_bad_rows_are_kept(engine: Engine, database: Database, customer: Customer) -> None:
    rows = budget_rows()
    rows[4] = (*rows[4][:3], "twelve")
    result = engine.run(customer.id, incoming(budget_csv(rows)))
    assert (result.status, result.imported) == (ImportState.COMPLETED_WITH_ERRORS, 19)
    assert [(error.row, error.value) for error in result.errors] == [(5, "twelve")]
    assert rows_of(database, customer, 'SELECT "row", value FROM import_row_error') == [(5, "twelve")]


@pytest.mark.parametrize(("options", "bad"), [(ImportOptions(), 3), (ImportOptions(strict=True), 1)])
def test_too_many_bad_rows_load_nothing_and_are_kept(
    engine: Engine, database: Database, customer: Customer, options: ImportOptions, bad: int
) -> None:
    rows = budget_rows()
    rows[:bad] = [(*row[:3], "twelve") for row in rows[:bad]]
    result = engine.run(customer.id, incoming(budget_csv(rows)), options)
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert result.error.code == "too_many_errors"
    assert result.stats.error_rows == len(result.errors) == bad
    assert counts_of(database, customer)["budget"] == 0


def test_rows_from_json_go_the_same_way(engine: Engine, database: Database, customer: Customer) -> None:
    headers = ["Department", "Category", "Fiscal Year", "Budgeted Amount"]
    result = engine.import_rows(customer.id, "mapper", [headers, *map(list, budget_rows())])
    assert (result.status, result.imported) == (ImportState.COMPLETED, 20)
    assert total_of(database, customer) == sum(int(row[3]) for row in budget_rows())


def test_an_analyzed_upload_is_imported_by_its_id(engine: Engine, customer: Customer) -> None:
    analysis = engine.analyze(customer.id, "budget.csv", budget_csv())
    assert analysis.upload_id is not None
    result = engine.import_upload(
        customer.id, analysis.upload_id, "budget.csv", ImportOptions(mappings=analysis.mappings)
    )
    assert (result.status, result.imported) == (ImportState.COMPLETED, 20)


def test_the_history_has_every_import_newest_first(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming(name="../one\0.csv", user="ann"))
    engine.run(customer.id, incoming(payroll_csv(), "two.csv"))
    records = engine.history(customer.id)
    assert [(record.file_name, record.status) for record in records] == [
        ("two.csv", "rejected"),
        ("one_.csv", "completed"),
    ]
    assert records[1].user == "ann"
    assert records[1].finished_at is not None
    analysis = engine.get(customer.id, records[1].import_id).analysis
    assert analysis is not None
    assert analysis.budget_rows == 20
