"""The check's function planned once, the log of checks, and an end for old idempotency keys."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup, secure_tables

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0012_lean_check.sql").read_text())
    op.execute((_SQL / "0012_check_log.sql").read_text())
    op.execute(secure_tables("budget_check_log"))
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup("forget_idempotency_keys(integer)"))


def downgrade() -> None:
    """The check's function before answered the same, and stays."""
    op.execute("DROP FUNCTION forget_idempotency_keys(integer)")
    op.execute(ENTER_SCHEMA)
    op.execute("DROP TABLE budget_check_log")
    op.execute("DROP POLICY lookup ON idempotency_key; DROP POLICY lookup_forget ON idempotency_key")
    op.execute("REVOKE SELECT (customer_id, key, created_at), DELETE ON idempotency_key FROM budget_sync_lookup")
    op.execute(LEAVE_SCHEMA)
