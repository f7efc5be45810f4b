"""All source cells of all lines under the name by which they are asked for."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0022_places_by_their_name.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP VIEW import_line_source")
    op.execute("ALTER INDEX line_place_budget RENAME TO import_line_source_budget")
    op.execute("ALTER TABLE line_place RENAME TO import_line_source")
    op.execute(
        "CREATE VIEW line_source WITH (security_invoker = true) AS"
        ' SELECT customer_id, import_id, budget_id, sheet, row, "column", amount, raw_amount FROM import_line_source'
        ' UNION ALL SELECT customer_id, import_id, budget_id, sheet, row, "column", new_amount, raw_amount'
        " FROM budget_revision WHERE raw_amount IS NOT NULL"
    )
    op.execute("GRANT SELECT ON line_source TO budget_sync_app")
    op.execute(LEAVE_SCHEMA)
