"""The lines of all checks of one moment by one call."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0019_lines_together.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP FUNCTION budget_lines(uuid, text[], text[], text[])")
    before = (_SQL / "0012_lean_check.sql").read_text()
    op.execute(before[before.index("CREATE FUNCTION") :])
    op.execute(LEAVE_SCHEMA)
