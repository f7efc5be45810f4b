"""Keys, operators and customers as they are administered, and news of what changed for those who remember it."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"
_FUNCTIONS = (
    "find_operator_key(text)",
    "create_operator_key(text, bytea, text, timestamptz)",
    "list_operator_keys()",
    "revoke_operator_key(text)",
    "record_key_uses(text[], bigint[], timestamptz[])",
)
_LIVE = " WHERE deleted_at IS NULL"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0010_administration.sql").read_text())
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup(*_FUNCTIONS))
    op.execute(_look_ups_of_customers(_LIVE))


def downgrade() -> None:
    op.execute(_look_ups_of_customers(""))
    for function in _FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute(ENTER_SCHEMA)
    op.execute("DROP TRIGGER key_changed ON api_key; DROP TRIGGER customer_changed ON customer")
    op.execute("DROP TABLE operator_key; DROP FUNCTION tell_of_key(); DROP FUNCTION tell_of_customer()")
    op.execute("DROP POLICY lookup_use ON api_key")
    op.execute("ALTER TABLE customer DROP COLUMN deleted_at, DROP COLUMN updated_at, DROP COLUMN version")
    op.execute(
        "ALTER TABLE api_key DROP COLUMN last_used_at, DROP COLUMN use_count, DROP COLUMN version, "
        "DROP COLUMN created_by"
    )
    op.execute(LEAVE_SCHEMA)


def _look_ups_of_customers(live: str) -> str:
    """The look-ups by the first migration's names, over all customers or those that were not deleted."""
    return f"""
    GRANT CREATE ON SCHEMA public TO budget_sync_lookup;
    SET LOCAL ROLE budget_sync_lookup;
    CREATE OR REPLACE FUNCTION list_customers() RETURNS TABLE (customer_id uuid, customer_slug text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT id, slug FROM customer{live} ORDER BY slug
    $$;
    CREATE OR REPLACE FUNCTION find_customer(wanted text) RETURNS uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT id FROM customer{live or " WHERE true"} AND slug = wanted
    $$;
    RESET ROLE;
    REVOKE CREATE ON SCHEMA public FROM budget_sync_lookup;
    """  # noqa: S608 - constants of this file
