"""Webhook endpoints, the outbox, and what was alerted."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup, secure_tables

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0014_notification.sql").read_text())
    op.execute(secure_tables("webhook_endpoint", "webhook_delivery", "alert"))
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup("due_deliveries(integer)"))


def downgrade() -> None:
    op.execute("DROP FUNCTION due_deliveries(integer)")
    op.execute(ENTER_SCHEMA)
    op.execute("DROP FUNCTION emit_reservation(uuid, text); DROP FUNCTION emit_import(uuid, text)")
    op.execute("DROP FUNCTION emit_event(text, jsonb, text[])")
    op.execute("ALTER TABLE budget_data_source_config DROP COLUMN recent_failures")
    op.execute("DROP TABLE alert, webhook_delivery, webhook_endpoint")
    op.execute(LEAVE_SCHEMA)
