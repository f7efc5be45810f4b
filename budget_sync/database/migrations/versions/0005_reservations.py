"""Reservations, their entries, and the answers that a repeated request gets."""

from pathlib import Path

from alembic import op

from budget_sync.database.roles import ENTER_SCHEMA, LEAVE_SCHEMA, give_to_lookup, secure_tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.execute(ENTER_SCHEMA)
    op.execute((_SQL / "0005_reservations.sql").read_text())
    op.execute(secure_tables("reservation", "reservation_line", "budget_entry", "idempotency_key"))
    op.execute(LEAVE_SCHEMA)
    op.execute(give_to_lookup("expired_reservations(integer)"))


def downgrade() -> None:
    op.execute("DROP FUNCTION expired_reservations(integer)")
    op.execute(ENTER_SCHEMA)
    op.execute("DROP TABLE idempotency_key, budget_entry, reservation_line, reservation")
    op.execute(LEAVE_SCHEMA)
