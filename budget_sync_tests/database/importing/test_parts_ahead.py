"""A large file, whose first lines are loaded while later ones are checked, ends as one that is checked first."""

import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.options import ImportMode, ImportOptions
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, counts_of, incoming, rows_of

_LINES = """
SELECT b.department, b.sub_category, b.fiscal_period, b.budgeted_amount, r.change, r.old_amount, r.new_amount,
       s."row", s.amount, s.raw_amount
FROM budget b JOIN budget_revision r ON r.budget_id = b.id JOIN import_line_source s ON s.budget_id = b.id
ORDER BY b.department, b.sub_category, b.fiscal_period, r.id, s."row", s.amount
"""


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test, which loads six amounts while it checks the next six."""
    return Engine(database, part_lines=6)


def _other_customer(database: Database) -> Customer:
    return create_customer(database, "checked-first")


@pytest.mark.parametrize("summed", [(), (0, 1), (0, 19), (18, 19)], ids=str)
def test_lines_amounts_revisions_and_sources_are_the_same(
    engine: Engine, database: Database, customer: Customer, summed: tuple[int, ...]
) -> None:
    other = _other_customer(database)
    for factor in (1, 2):
        rows = budget_rows(factor)
        for place in summed:
            rows.append((*rows[place][:3], str(7 * factor + place)))
        results = [
            Engine(database).run(other.id, incoming(budget_csv(rows))),
            engine.run(customer.id, incoming(budget_csv(rows))),
        ]
        assert results[0].stats == results[1].stats
        assert results[0].warnings == results[1].warnings
    assert rows_of(database, customer, _LINES) == rows_of(database, other, _LINES)


def test_a_file_that_turns_out_bad_at_its_end_loads_nothing_and_keeps_its_errors(
    engine: Engine, database: Database, customer: Customer
) -> None:
    rows = [*budget_rows(), *[("Sales", f"Fair {number}", "FY2025", "soon") for number in range(5)]]
    result = engine.run(customer.id, incoming(budget_csv(rows)))
    assert (result.status, result.error and result.error.code) == (ImportState.FAILED, "too_many_errors")
    assert (result.stats.total_rows, result.stats.error_rows) == (25, 5)
    counts = counts_of(database, customer)
    assert (counts["budget"], counts["budget_revision"], counts["import_row_error"]) == (0, 0, 5)


def test_a_dry_run_of_it_says_the_same_and_changes_nothing(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    shown = engine.run(customer.id, incoming(budget_csv(budget_rows(3))), ImportOptions(dry_run=True))
    assert (shown.status, shown.stats.updated) == (ImportState.COMPLETED, 20)
    assert counts_of(database, customer)["budget_revision"] == 20
    assert engine.run(customer.id, incoming(budget_csv(budget_rows(3)))).stats == shown.stats


def test_a_dry_run_of_a_bad_one_shows_its_errors(engine: Engine, database: Database, customer: Customer) -> None:
    rows = [*budget_rows(), *[("Sales", f"Fair {number}", "FY2025", "soon") for number in range(5)]]
    shown = engine.run(customer.id, incoming(budget_csv(rows)), ImportOptions(dry_run=True))
    assert (shown.error and shown.error.code, len(shown.errors)) == ("too_many_errors", 5)
    assert counts_of(database, customer)["import_row_error"] == 0


def test_replace_removes_what_no_part_names(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    replace = ImportOptions(mode=ImportMode.REPLACE)
    kept = [row for row in budget_rows() if row[1] != "Travel"]
    assert engine.run(customer.id, incoming(budget_csv(kept)), replace).stats.removed == 5


def test_append_refuses_lines_that_stand_in_a_later_part(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming(budget_csv([*budget_rows()[-1:], ("Legal", "Fees", "FY2025", "1")])))
    result = engine.run(customer.id, incoming(), ImportOptions(mode=ImportMode.APPEND))
    assert (result.error and result.error.code, counts_of(database, customer)["budget"]) == ("lines_exist", 2)
