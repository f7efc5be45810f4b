"""Events of several reserves at once."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0016_together.sql").read_text())
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    """The functions before answered the same for one reserve; these stay."""
