"""What people settled, every way over a line's limit, and an end for old deliveries."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"
_FINISHED_IMPORTS = """
CREATE FUNCTION finished_imports(after_time timestamptz, wanted_types text[], at_most integer)
    RETURNS TABLE (customer_id uuid, import_id uuid, finished_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.customer_id, h.id, h.finished_at FROM import_history h
    WHERE h.finished_at > after_time AND h.source_type = ANY (wanted_types) ORDER BY h.finished_at, h.id LIMIT at_most
$$
"""


def upgrade() -> None:
    op.execute("DROP FUNCTION finished_imports(timestamptz, text[], integer)")
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0015_settled_and_crossed.sql").read_text())
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup("settled_imports(timestamptz, text[], integer)"))


def downgrade() -> None:
    """The functions that tell of crossings stay: reserves tell the same by them."""
    op.execute("DROP FUNCTION settled_imports(timestamptz, text[], integer)")
    op.execute(ENTER_SCHEMA)
    op.execute("DROP INDEX webhook_delivery_age; REVOKE DELETE ON webhook_delivery FROM budget_sync_app")
    op.execute("REVOKE SELECT (decisions) ON import_history FROM budget_sync_lookup")
    op.execute(_FINISHED_IMPORTS)
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup("finished_imports(timestamptz, text[], integer)"))
