"""Every table of the program in one ``metadata``, for the migrations and the test that holds them against it."""

from budget_sync.database import approval_tables, draft_tables, memory_tables, notification_tables, tables

PARTS = (tables, approval_tables, draft_tables, memory_tables, notification_tables)
metadata = tables.metadata
