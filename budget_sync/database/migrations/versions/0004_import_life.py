"""Undo, review and the audit log."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, secure_tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0004_import_life.sql").read_text())
    op.execute(secure_tables("audit_log", "audit_seal"))
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP TABLE audit_seal, audit_log")
    op.execute("ALTER TABLE import_history DROP COLUMN undo_of")
    op.execute("DROP INDEX import_history_waiting")
    op.execute("CREATE INDEX budget_import ON budget (import_id)")
    op.execute(LEAVE_SCHEMA)
