"""No row of another customer by SQL: without a tenant, with a stranger's, through views, writes and pools."""

from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.database.loading.lines import line, load_lines, validated

_TENANT_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'customer_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""


def _count(database: Database, customer_id: UUID | None, relation: str) -> int:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(relation))
    with database.tenant(customer_id) if customer_id else database.system() as connection:
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else -1


def test_row_security_is_forced_on_every_table_of_a_customer(database: Database) -> None:
    with database.system() as connection:
        tables = connection.execute(_TENANT_TABLES).fetchall()
    assert len(tables) > 8
    assert [name for name, forced in tables if not forced] == []


def test_the_program_owns_nothing_and_bypasses_nothing(database: Database) -> None:
    with database.system() as connection:
        owned = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        ).fetchone()
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert owned == (0,)
    assert rights == (False, False, False, False)


@pytest.mark.parametrize(
    ("relation", "rows"),
    [("budget", 2), ("budget_utilization", 2), ("budget_revision", 2), ("line_place", 2), ("import_line_source", 3)],
)
def test_only_the_customers_own_rows_are_seen(
    database: Database, customer: Customer, other_customer: Customer, relation: str, rows: int
) -> None:
    load_lines(database, customer.id, validated(line("Legal", "1")))
    load_lines(database, customer.id, validated(line("Sales", "1"), line("Sales", "2")))
    assert _count(database, customer.id, relation) == rows
    assert _count(database, other_customer.id, relation) == 0
    assert _count(database, uuid4(), relation) == 0
    assert _count(database, None, relation) == 0


@pytest.mark.usefixtures("other_customer")
def test_the_customers_of_an_installation_do_not_see_each_other(database: Database, customer: Customer) -> None:
    assert _count(database, customer.id, "customer") == 1
    assert _count(database, None, "customer") == 0


def test_a_pool_forgets_the_customer_of_the_last_caller(database: Database, customer: Customer) -> None:
    load_lines(database, customer.id, validated(line("Sales", "1")))
    with database.tenant(customer.id) as connection:
        first = connection.info.backend_pid
    with database.system() as connection:
        assert connection.info.backend_pid == first
        assert connection.execute("SELECT count(*) FROM budget").fetchone() == (0,)


def test_a_row_cannot_be_written_for_another_customer(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.tenant(customer.id) as connection:
        connection.execute("INSERT INTO stored_file VALUES (%s, %s, '', 0)", (other_customer.id, "0" * 64))


def test_a_row_cannot_be_given_to_another_customer(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    load_lines(database, customer.id, validated(line("Sales", "1")))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET customer_id = %s", (other_customer.id,))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM budget",
        "DELETE FROM budget_revision",
        "UPDATE budget_revision SET old_amount = 0",
        "UPDATE stored_file SET content = ''",
        "DROP TABLE budget",
        "TRUNCATE budget",
        "ALTER TABLE budget DISABLE ROW LEVEL SECURITY",
        "SET ROLE budget_sync_owner",
    ],
)
def test_what_the_program_needs_not_it_may_not(settings_as_app: str, statement: str) -> None:
    with psycopg.connect(settings_as_app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


_NARROW = {
    "create_customer": {"uuid"},
    "find_customer": {"uuid"},
    "customer_of_import": {"uuid"},
    "list_customers": {"customer_id", "customer_slug"},
    "find_api_key": {"customer_id", "digest", "scopes", "expires_at", "revoked_at"},
    "find_operator_key": {"digest", "expires_at", "revoked_at"},
    "create_operator_key": {"void"},
    "list_operator_keys": {
        "key_id",
        "label",
        "created_at",
        "expires_at",
        "revoked_at",
        "use_count",
        "last_used_at",
    },
    "revoke_operator_key": {"boolean"},
    "record_key_uses": {"void"},
    "due_sources": {"customer_id", "source_id"},
    "expired_reservations": {"customer_id", "reservation_id"},
    "forget_idempotency_keys": {"bigint"},
    "abandoned_imports": {"customer_id", "import_id", "worker", "expired"},
    "unsealed_logs": {"customer_id"},
    "due_deliveries": {"customer_id", "delivery_id"},
    "settled_imports": {"customer_id", "import_id", "finished_at"},
}


def test_the_functions_that_look_past_the_tenant_return_what_they_say_and_no_more(database: Database) -> None:
    with database.system() as connection:
        rows = connection.execute(
            """
            SELECT proname, pg_get_function_result(oid), array_to_string(proconfig, ';'), proowner::regrole::text
            FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
            """
        ).fetchall()
    found = {row[0]: row for row in rows}
    for name, columns in _NARROW.items():
        _, result, configuration, owner = found[name]
        assert owner == "budget_sync_lookup"
        assert configuration.startswith("search_path=pg_catalog")
        inner = result.removeprefix("TABLE(").removesuffix(")")
        assert {part.strip().split(" ")[0] for part in inner.split(",")} == columns


def test_the_look_up_role_is_shown_no_amounts(database: Database) -> None:
    with database.system() as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'budget%'"
            " AND has_any_column_privilege('budget_sync_lookup', oid, 'SELECT')"
        ).fetchall()
    assert ("budget",) not in rows
    assert ("budget_revision",) not in rows
