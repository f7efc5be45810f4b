"""A dry run says what the import then does, and leaves nothing behind."""

from decimal import Decimal

import msgspec
import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportMode, ImportOptions, ReplaceScope
from budget_sync.loading import TotalChange
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, counts_of, incoming, payroll_csv


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


@pytest.mark.parametrize("mode", [ImportMode.UPSERT, ImportMode.REPLACE])
def test_a_dry_run_shows_what_the_import_then_changes(
    engine: Engine, database: Database, customer: Customer, mode: ImportMode
) -> None:
    engine.run(customer.id, incoming())
    rows = budget_rows()[1:]
    rows[0] = (*rows[0][:3], "1")
    file = incoming(budget_csv([*rows, ("Legal", "Advice", "FY2025", "7.5")]))
    before = counts_of(database, customer)
    dry = engine.run(customer.id, file, ImportOptions(mode=mode, dry_run=True))
    assert counts_of(database, customer) == before
    assert len(engine.history(customer.id)) == 1
    wet = engine.run(customer.id, file, ImportOptions(mode=mode))
    assert dry.stats == wet.stats
    assert dry.diff is not None
    done = engine.changes(customer.id, wet.import_id)
    assert [_shown(change) for change in dry.diff.changes] == [_shown(change) for change in done.changes]
    assert [_moved(total) for total in dry.diff.totals] == [_moved(total) for total in done.totals]


def _moved(total: TotalChange) -> tuple[str, Decimal]:
    return total.department, total.new_total - total.old_total


def _shown(change: object) -> tuple[object, ...]:
    return tuple(getattr(change, name) for name in ("change", "department", "sub_category", "old_amount", "new_amount"))


def test_a_diff_has_lines_and_totals(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming(budget_csv(budget_rows()[:2])))
    dry = engine.run(customer.id, incoming(budget_csv(budget_rows(2)[:3])), ImportOptions(dry_run=True))
    assert dry.diff is not None
    assert [(c.change, c.sub_category, c.old_amount, c.new_amount) for c in dry.diff.changes] == [
        ("created", "Training", None, Decimal(2040)),
        ("updated", "Software", Decimal(1000), Decimal(2000)),
        ("updated", "Travel", Decimal(1010), Decimal(2020)),
    ]
    assert [(t.department, t.old_total, t.new_total) for t in dry.diff.totals] == [
        ("Engineering", Decimal(2010), Decimal(6060))
    ]


def test_a_dry_run_of_a_payroll_says_that_it_is_one(engine: Engine, database: Database, customer: Customer) -> None:
    dry = engine.run(customer.id, incoming(payroll_csv()), ImportOptions(dry_run=True))
    assert dry.status is ImportState.REJECTED
    assert engine.history(customer.id) == []
    assert counts_of(database, customer)["budget"] == 0


def test_totals_are_of_all_lines_of_a_department_as_they_stand_and_as_they_would(
    engine: Engine, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    rows = [*budget_rows(2)[:1], ("Legal", "Advice", "FY2025", "7.5")]
    options = ImportOptions(mode=ImportMode.REPLACE, dry_run=True)
    dry = engine.run(customer.id, incoming(budget_csv(rows)), options)
    assert dry.diff is not None
    assert [(total.department, total.old_total, total.new_total) for total in dry.diff.totals] == [
        ("Engineering", Decimal(4060), Decimal(2000)),
        ("Legal", Decimal(0), Decimal("7.5")),
    ]
    assert dry.stats.removed == 3


def test_a_dry_run_names_the_lines_that_would_be_over_committed_or_closed_and_the_control_totals(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET reserved_amount = 1000 WHERE department = 'Engineering'")
    content = budget_csv([("Engineering", "Software", "FY2025", "10"), ("Engineering", "Travel", "FY2025", "1010")])
    options = ImportOptions(mode=ImportMode.REPLACE, dry_run=True)
    dry = engine.run(customer.id, incoming(content + b"Total,,,1020\n"), options)
    assert dry.named_lines.over_committed == ["Engineering / Software / FY2025"]
    assert dry.named_lines.closed == ["Engineering / Hardware / FY2025", "Engineering / Training / FY2025"]
    assert [(total.stated, total.agrees) for total in dry.control_totals] == [(Decimal(1020), True)]


def _edit(database: Database, customer: Customer, department: str) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET budgeted_amount = 5 WHERE department = %s", (department,))


def test_an_import_loads_what_its_dry_run_showed_or_nothing(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    file = incoming(budget_csv(budget_rows(2)[:4]))
    engine.run(customer.id, file, ImportOptions(dry_run=True))
    _edit(database, customer, "Engineering")
    refused = engine.run(customer.id, file)
    assert refused.status is ImportState.FAILED
    assert refused.error is not None
    assert refused.error.code == "dry_run_outdated"
    engine.run(customer.id, file, ImportOptions(dry_run=True))
    assert engine.run(customer.id, file).stats.updated == 4


def test_lines_that_the_file_does_not_touch_may_change_after_its_dry_run(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    file = incoming(budget_csv(budget_rows(2)[:4]))
    engine.run(customer.id, file, ImportOptions(dry_run=True))
    _edit(database, customer, "Sales")
    assert engine.run(customer.id, file).stats.updated == 4


def test_a_dry_run_holds_for_an_hour_and_for_what_was_asked(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    file = incoming(budget_csv(budget_rows(2)[:4]))
    engine.run(customer.id, file, ImportOptions(dry_run=True))
    _edit(database, customer, "Engineering")
    assert engine.run(customer.id, file, ImportOptions(mode=ImportMode.REPLACE)).stats.updated == 4
    engine.run(customer.id, incoming(budget_csv(budget_rows(3)[:4])), ImportOptions(dry_run=True))
    _edit(database, customer, "Engineering")
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE import_rehearsal SET rehearsed_at = rehearsed_at - interval '61 minutes'")
    assert engine.run(customer.id, incoming(budget_csv(budget_rows(3)[:4]))).stats.updated == 4


def test_a_replace_of_the_whole_source_loads_once_its_dry_run_was_seen(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    file = incoming(budget_csv(budget_rows()[:3]))
    options = ImportOptions(mode=ImportMode.REPLACE, replace_scope=ReplaceScope.SOURCE)
    assert engine.run(customer.id, file, options).status is ImportState.NEEDS_REVIEW
    engine.run(customer.id, file, msgspec.structs.replace(options, dry_run=True))
    assert engine.run(customer.id, file, options).stats.removed == 17
