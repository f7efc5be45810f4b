"""Fewer indexes on what an import writes."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0017_lean_indexes.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("CREATE INDEX import_line_source_import ON import_line_source (import_id, row)")
    op.execute("CREATE INDEX budget_revision_budget ON budget_revision (budget_id)")
    op.execute("ALTER TABLE budget_revision DROP CONSTRAINT budget_revision_pkey, ADD PRIMARY KEY (id)")
    op.execute("DROP INDEX budget_period")
    op.execute("CREATE INDEX budget_period ON budget (customer_id, fiscal_period)")
    op.execute("CREATE INDEX budget_created ON budget (customer_id, created_at)")
    op.execute("CREATE INDEX budget_source ON budget (customer_id, source)")
    op.execute(LEAVE_SCHEMA)
