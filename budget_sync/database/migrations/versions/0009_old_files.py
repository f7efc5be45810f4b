"""Received files may be dropped when their time is over."""

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("GRANT DELETE ON stored_file TO budget_sync_app")
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("REVOKE DELETE ON stored_file FROM budget_sync_app")
    op.execute(LEAVE_SCHEMA)
