"""A migration while the program runs: imports wait for its locks, and go through."""

from concurrent.futures import ThreadPoolExecutor

import psycopg

from budget_sync.database import Database
from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import create_customer
from budget_sync.importing.options import IncomingFile
from budget_sync.settings import Settings
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.waiting import wait_until

IMPORTS = 3


def test_imports_wait_for_a_migration_and_lose_nothing(settings: Settings, database: Database) -> None:
    customers = [create_customer(database, f"customer-{number}") for number in range(IMPORTS)]
    engine, incoming = Engine(database), IncomingFile("budget.csv", BUDGET.encode())
    assert settings.database_url is not None
    with ThreadPoolExecutor(IMPORTS) as pool, psycopg.connect(settings.database_url.get_secret_value()) as owner:
        owner.execute(ENTER_SCHEMA)
        owner.execute("ALTER TABLE import_history ADD COLUMN came_later text")
        running = [pool.submit(engine.run, customer.id, incoming) for customer in customers]
        wait_until(lambda: waiting(owner) > 0, "an import to wait for the migration")
        owner.execute("ALTER TABLE budget ADD COLUMN came_later text")
        owner.execute(LEAVE_SCHEMA)
        owner.commit()
        results = [each.result() for each in running]
    assert [result.status for result in results] == [ImportState.COMPLETED] * IMPORTS
    assert [result.stats.created for result in results] == [4] * IMPORTS


def waiting(connection: psycopg.Connection) -> int:
    """How many sessions of this database wait for a lock."""
    row = connection.execute(
        "SELECT count(*) FROM pg_locks WHERE NOT granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    ).fetchone()
    return int(row[0]) if row else 0
