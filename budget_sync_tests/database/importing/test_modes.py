"""Upsert, replace and append; rows that are identical; totals that do not agree."""

import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import Duplicates, ImportMode, ImportOptions, ReplaceScope
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, counts_of, incoming, rows_of, total_of

_REPLACE = ImportOptions(mode=ImportMode.REPLACE)


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


def _live(database: Database, customer: Customer) -> int:
    return int(rows_of(database, customer, "SELECT count(*) FROM budget WHERE deleted_at IS NULL")[0][0])


def test_upsert_leaves_lines_that_the_file_lacks(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    engine.run(customer.id, incoming(budget_csv(budget_rows(2)[:10])))
    assert _live(database, customer) == 20


def test_replace_removes_lines_of_its_departments_and_periods(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    # All of Engineering but one line; of the other departments nothing.
    result = engine.run(customer.id, incoming(budget_csv(budget_rows()[:3])), _REPLACE)
    assert (result.stats.removed, result.stats.unchanged, result.status) == (1, 3, ImportState.COMPLETED)
    assert _live(database, customer) == 19


def test_replace_leaves_lines_that_another_source_wrote(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET source_id = uuidv7(), source = 'sftp' WHERE sub_category = 'Hardware'")
    result = engine.run(customer.id, incoming(budget_csv(budget_rows()[:2])), _REPLACE)
    assert result.stats.removed == 1


def test_replace_by_an_upload_leaves_lines_that_were_made_by_hand(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET source = 'manual' WHERE sub_category = 'Hardware'")
    result = engine.run(customer.id, incoming(budget_csv(budget_rows()[:2])), _REPLACE)
    assert result.stats.removed == 1


def test_replace_closes_a_line_with_money_on_it(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET reserved_amount = 5 WHERE sub_category = 'Hardware'")
    result = engine.run(customer.id, incoming(budget_csv(budget_rows()[:3])), _REPLACE)
    assert result.stats.removed == 0
    assert any("closed, not removed: Engineering / Hardware" in warning for warning in result.warnings)
    assert result.named_lines.closed == ["Engineering / Hardware / FY2025"]
    assert rows_of(
        database, customer, "SELECT department, reserved_amount::int FROM budget WHERE state = 'closed'"
    ) == [("Engineering", 5)]


def test_a_replace_of_the_whole_source_waits_for_a_person(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    options = ImportOptions(mode=ImportMode.REPLACE, replace_scope=ReplaceScope.SOURCE)
    file = incoming(budget_csv(budget_rows()[:3]))
    waiting = engine.run(customer.id, file, options)
    assert waiting.status is ImportState.NEEDS_REVIEW
    assert _live(database, customer) == 20
    assert engine.confirm(customer.id, waiting.import_id).stats.removed == 17
    assert _live(database, customer) == 3


def test_append_refuses_lines_that_stand(engine: Engine, database: Database, customer: Customer) -> None:
    append = ImportOptions(mode=ImportMode.APPEND)
    assert engine.run(customer.id, incoming(budget_csv(budget_rows()[:5])), append).imported == 5
    result = engine.run(customer.id, incoming(), append)
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert result.error.code == "lines_exist"
    assert "5 lines" in result.error.message
    assert _live(database, customer) == 5


def test_identical_rows_are_asked_about(engine: Engine, database: Database, customer: Customer) -> None:
    rows = [*budget_rows(), budget_rows()[7]]
    result = engine.run(customer.id, incoming(budget_csv(rows)))
    assert result.status is ImportState.NEEDS_REVIEW
    assert [question.code for question in result.questions] == ["same_rows"]
    assert result.error is not None
    assert "row 22 repeats 9" in result.error.message
    assert counts_of(database, customer)["budget"] == 0


@pytest.mark.parametrize(
    ("rule", "status", "times"),
    [
        (Duplicates.SUM, ImportState.COMPLETED, 2),
        (Duplicates.FIRST, ImportState.COMPLETED, 1),
        (Duplicates.ERROR, ImportState.COMPLETED_WITH_ERRORS, 1),
    ],
)
def test_identical_rows_are_treated_as_was_said(
    engine: Engine, database: Database, customer: Customer, rule: Duplicates, status: ImportState, times: int
) -> None:
    repeated = budget_rows()[7]
    result = engine.run(customer.id, incoming(budget_csv([*budget_rows(), repeated])), ImportOptions(duplicates=rule))
    assert result.status is status
    assert total_of(database, customer) == sum(int(row[3]) for row in budget_rows()) + int(repeated[3]) * (times - 1)


def test_a_person_who_confirms_identical_rows_has_them_summed(
    engine: Engine, database: Database, customer: Customer
) -> None:
    waiting = engine.run(customer.id, incoming(budget_csv([*budget_rows(), budget_rows()[0]])))
    assert engine.confirm(customer.id, waiting.import_id).status is ImportState.COMPLETED
    assert total_of(database, customer) == sum(int(row[3]) for row in budget_rows()) + 1000


def test_totals_that_do_not_agree_are_a_warning_or_an_error(
    engine: Engine, database: Database, customer: Customer
) -> None:
    content = budget_csv() + b"Total,,,99\n"
    strict = engine.run(customer.id, incoming(content), ImportOptions(totals_must_agree=True))
    assert strict.status is ImportState.FAILED
    assert strict.error is not None
    assert strict.error.code == "control_totals_differ"
    lenient = engine.run(customer.id, incoming(content))
    assert lenient.status is ImportState.COMPLETED
    assert any("states 99" in warning for warning in lenient.warnings)
    assert _live(database, customer) == 20


def test_rows_of_equal_cells_under_two_sections_are_two_lines(
    engine: Engine, database: Database, customer: Customer
) -> None:
    content = (
        b"Category,FY2025\nEngineering,\nSoftware,1000\nTravel,200\nTraining,310\nTotal Engineering,1510\n"
        b"Sales,\nSoftware,1000\nTravel,400\nTraining,520\nTotal Sales,1920\n"
    )
    result = engine.run(customer.id, incoming(content))
    assert (result.status, result.imported) == (ImportState.COMPLETED, 6)
    assert total_of(database, customer) == 3430
