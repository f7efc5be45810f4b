"""An import that cuts a line to where its use is over the limit tells so, once each time that it comes to that."""

from typing import Any

import pytest

from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions
from budget_sync_tests.database.importing.files import budget_csv, incoming, rows_of

pytestmark = pytest.mark.usefixtures("hook")
_CROSSED = """
SELECT body::jsonb->'data' FROM webhook_delivery WHERE event_type = 'budget.threshold_crossed' ORDER BY id
"""


def plan(software: int) -> bytes:
    """A file with one line that is used, and one that is not."""
    return budget_csv([("Engineering", "Software", "FY2025", str(software)), ("Sales", "Travel", "FY2025", "500")])


@pytest.fixture
def engine(database: Database, customer: Customer) -> Engine:
    """What imports; 80 are committed on the Engineering line of 100."""
    engine = Engine(database)
    engine.run(customer.id, incoming(plan(100)))
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET committed_amount = 80 WHERE department = 'Engineering'")
    return engine


def crossed(database: Database, customer: Customer) -> list[dict[str, Any]]:
    """What was told of lines over their limit."""
    return [row[0] for row in rows_of(database, customer, _CROSSED)]


def test_each_crossing_is_told_once_with_the_import_that_did_it(
    engine: Engine, database: Database, customer: Customer
) -> None:
    imports = [engine.run(customer.id, incoming(plan(amount))) for amount in (85, 85, 50, 100, 0)]
    told = crossed(database, customer)
    assert [(data["budgetedAmount"], data["utilizationPercent"], data["importId"]) for data in told] == [
        (85, 94.12, str(imports[0].import_id)),
        (0, None, str(imports[4].import_id)),
    ]


def test_an_undo_that_sets_a_line_back_below_its_use_tells_it(
    engine: Engine, database: Database, customer: Customer
) -> None:
    raised = engine.run(customer.id, incoming(plan(1_000)))
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET committed_amount = 95 WHERE department = 'Engineering'")
    undo = engine.undo(customer.id, raised.import_id)
    (data,) = crossed(database, customer)
    assert (data["utilizationPercent"], data["importId"]) == (95, str(undo.import_id))


def test_a_line_over_the_limit_of_its_own_rule_before_the_cut_is_no_news(
    engine: Engine, database: Database, customer: Customer
) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute(
            "INSERT INTO approval_rule (customer_id, department, department_key, utilization_limit)"
            " VALUES (%s, 'Engineering', 'engineering', 79)",
            (customer.id,),
        )
    engine.run(customer.id, incoming(plan(85)))
    assert crossed(database, customer) == []


def test_a_rehearsed_cut_tells_nobody(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming(plan(85)), ImportOptions(dry_run=True))
    assert crossed(database, customer) == []
