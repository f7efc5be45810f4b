"""One index less that each line of an import is written to."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0023_one_index_of_lines.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP INDEX budget_blocks")
    op.execute("CREATE INDEX budget_period ON budget (customer_id, fiscal_period, source, created_at)")
    op.execute(LEAVE_SCHEMA)
