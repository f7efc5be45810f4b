"""The place of a line's only cell in its first revision."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_MOVED_BETWEEN = ("import_line_source", "budget_revision")
_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0020_places_of_lines.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    for table in _MOVED_BETWEEN:  # else their owner sees no row of any customer
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "INSERT INTO import_line_source"
        ' SELECT customer_id, import_id, budget_id, sheet, row, "column", new_amount, raw_amount'
        " FROM budget_revision WHERE raw_amount IS NOT NULL"
    )
    op.execute("DROP VIEW line_source")
    op.execute(
        'ALTER TABLE budget_revision DROP COLUMN sheet, DROP COLUMN row, DROP COLUMN "column", DROP COLUMN raw_amount'
    )
    for table in _MOVED_BETWEEN:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(LEAVE_SCHEMA)
