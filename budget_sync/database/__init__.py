"""Where the lines live: PostgreSQL, of our own or configured, its tables, roles and migrations.

In: ``Settings``. Out: ``Database`` with ``tenant(customer_id)`` (one transaction that sees one customer) and
``system()`` (no customer; only the narrow functions of the migrations). Others use ``Database``, ``migrate``,
``migration_status`` and the tables of ``tables``. Nothing else of the project opens a connection by itself.
"""

from budget_sync.database.migrate import MigrationStatus, migrate, migration_status
from budget_sync.database.sessions import Connection, Database, Transactions

__all__ = ["Connection", "Database", "MigrationStatus", "Transactions", "migrate", "migration_status"]
