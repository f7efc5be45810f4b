"""The tables of the first import, their rights, and the narrow functions.

A migration that adds a table puts it under ``secure_tables``; one that adds a SECURITY DEFINER function hands
it to the look-up role with ``give_to_lookup``.
"""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup, secure_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute("GRANT SELECT ON alembic_version TO budget_sync_app")
    op.execute(ENTER_SCHEMA)
    for part in ("tables", "rights", "functions"):
        op.execute((_SQL / f"0001_{part}.sql").read_text())
    op.execute(
        secure_tables(
            "api_key",
            "budget_data_source_config",
            "stored_file",
            "import_history",
            "import_preview",
            "import_row_error",
            "budget",
            "budget_revision",
            "import_line_source",
        )
    )
    op.execute(LEAVE_SCHEMA)
    op.execute(
        give_to_lookup(
            "create_customer(text, text, text, integer)",
            "list_customers()",
            "find_customer(text)",
            "find_api_key(text)",
            "due_sources(text, timestamptz)",
            "abandoned_imports(text)",
            "customer_of_import(uuid)",
            "finished_imports(timestamptz, text[], integer)",
        )
    )


def downgrade() -> None:
    raise NotImplementedError("The first migration is the ground; drop the database instead.")
