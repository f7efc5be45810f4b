"""Approval rules and exchange rates; the check's function reads the rule too."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, secure_tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0006_approval_rules.sql").read_text())
    op.execute(secure_tables("approval_rule", "fx_rate"))
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP FUNCTION budget_check(uuid, text, text[], text[])")
    op.execute("DROP TABLE fx_rate, approval_rule")
    op.execute((_SQL / "0002_check.sql").read_text())
    op.execute(LEAVE_SCHEMA)
