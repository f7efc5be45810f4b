"""Alembic's entry: runs the migrations on the connection that ``migrate`` hands over."""

from alembic import context

from budget_sync.database.approval_tables import approval_rule

context.configure(
    connection=context.config.attributes["connection"], target_metadata=approval_rule.metadata, transaction_per_migration=True
)
with context.begin_transaction():
    context.run_migrations()
