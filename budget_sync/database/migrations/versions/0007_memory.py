"""What a customer taught: layouts, words, spellings."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, secure_tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0007_memory.sql").read_text())
    op.execute(secure_tables("column_mapping_memory", "customer_vocabulary", "value_alias", "import_alias_use"))
    op.execute(LEAVE_SCHEMA)


def downgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute("DROP TABLE import_alias_use, value_alias, customer_vocabulary, column_mapping_memory")
    op.execute("ALTER TABLE import_history DROP COLUMN lesson")
    op.execute(LEAVE_SCHEMA)
