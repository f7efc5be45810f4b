"""A dry run says what the import then does, and leaves nothing behind."""

from decimal import Decimal

import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportMode, ImportOptions
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
    assert dry.diff.totals == done.totals


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
