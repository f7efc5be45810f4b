"""Decisions about imports, what dry runs showed, and which audit logs wait for their seal."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup, secure_tables

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0011_import_decisions.sql").read_text())
    op.execute(secure_tables("import_rehearsal"))
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup("unsealed_logs()"))


def downgrade() -> None:
    op.execute("DROP FUNCTION unsealed_logs()")
    op.execute(ENTER_SCHEMA)
    op.execute("DROP POLICY lookup ON audit_seal; DROP POLICY lookup ON audit_log")
    op.execute("REVOKE SELECT (audit_id, customer_id) ON audit_seal FROM budget_sync_lookup")
    op.execute("REVOKE SELECT (id, customer_id) ON audit_log FROM budget_sync_lookup")
    op.execute("DROP INDEX audit_seal_entry")
    op.execute("DROP TABLE import_rehearsal")
    op.execute("ALTER TABLE import_history DROP COLUMN started_at, DROP COLUMN named_lines, DROP COLUMN decisions")
    op.execute(LEAVE_SCHEMA)
