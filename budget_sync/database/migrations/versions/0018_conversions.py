"""Reserves in other currencies, versions of what is administered, an end for old checks."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0018_conversions.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("REVOKE DELETE ON budget_check_log FROM budget_sync_app")
    for table in ("fx_rate", "customer_vocabulary", "value_alias"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN version")
    op.execute("ALTER TABLE reservation DROP COLUMN asked_amount, DROP COLUMN asked_currency")
    op.execute("ALTER TABLE reservation DROP COLUMN rate, DROP COLUMN rate_valid_on")
    op.execute(LEAVE_SCHEMA)
