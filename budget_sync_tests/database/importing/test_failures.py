"""A statement of the load fails: nothing is left but the history row, which says so, and the next attempt succeeds."""

import psycopg
import pytest
from psycopg import sql

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.settings import Settings
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, counts_of, incoming

_FAIL = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk on fire'; END $$;
CREATE TRIGGER fail BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION fail();
"""


@pytest.mark.parametrize("table", ["budget", "budget_revision", "line_place", "import_row_error"])
def test_a_failing_statement_leaves_nothing_but_a_failed_import(
    settings: Settings, database: Database, customer: Customer, table: str
) -> None:
    assert settings.database_url is not None
    rows = budget_rows()
    rows[4] = (*rows[4][:3], "twelve")
    rows.append((*rows[0][:3], "7"))
    file = incoming(budget_csv(rows))
    engine = Engine(database)
    with psycopg.connect(settings.database_url.get_secret_value(), autocommit=True) as administrator:
        administrator.execute(sql.SQL(_FAIL).format(sql.Identifier(table)))
        result = engine.run(customer.id, file)
        administrator.execute(sql.SQL("DROP TRIGGER fail ON {}").format(sql.Identifier(table)))
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert (result.error.code, "disk on fire" in result.error.message) == ("database_error", True)
    assert set(counts_of(database, customer).values()) == {0}
    assert engine.run(customer.id, file).status is ImportState.COMPLETED_WITH_ERRORS


_HANG_UP = """
CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
CREATE TRIGGER hang_up AFTER INSERT ON budget_revision FOR EACH STATEMENT EXECUTE FUNCTION hang_up();
"""


def test_a_connection_lost_in_the_middle_of_a_load_leaves_a_failed_import(
    settings: Settings, database: Database, customer: Customer
) -> None:
    assert settings.database_url is not None
    engine = Engine(database)
    with psycopg.connect(settings.database_url.get_secret_value(), autocommit=True) as administrator:
        administrator.execute(_HANG_UP)
        result = engine.run(customer.id, incoming())
        administrator.execute("DROP TRIGGER hang_up ON budget_revision")
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert result.error.code == "database_unavailable"
    assert set(counts_of(database, customer).values()) == {0}
    assert engine.run(customer.id, incoming()).status is ImportState.COMPLETED


def test_a_line_too_large_for_the_table_is_named_as_such(database: Database, customer: Customer) -> None:
    department, category, period, _ = budget_rows()[0]
    large = [(department, category, period, str(999_999_999_999_000 + number)) for number in range(20)]
    result = Engine(database).run(customer.id, incoming(budget_csv([*budget_rows(), *large])))
    assert result.status is ImportState.FAILED
    assert result.error is not None
    assert result.error.code == "amount_out_of_range"
    assert counts_of(database, customer)["budget"] == 0
