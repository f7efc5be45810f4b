"""What each source has shown, claimed file by file, and how its last looks went."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, secure_tables

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0003_source_files.sql").read_text())
    op.execute(secure_tables("source_file"))
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP TABLE source_file")
    op.execute("ALTER TABLE budget_data_source_config DROP COLUMN last_sync_at, DROP COLUMN consecutive_failures")
    op.execute(LEAVE_SCHEMA)
