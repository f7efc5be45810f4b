"""The tables as SQLAlchemy Core sees them, for lists and for single rows; loading speaks SQL itself.

The migrations make the tables; a test holds these definitions against what they made.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

metadata = MetaData()

_Moment = DateTime(timezone=True)
_Money = Numeric(19, 4)
_ID = UUID(as_uuid=True)


def _required(name: str, kind: Any, *, primary_key: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=False, primary_key=primary_key)


customer = Table(
    "customer",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("slug", Text),
    _required("name", Text),
    _required("currency", Text),
    _required("fiscal_year_start", SmallInteger),
    _required("created_at", _Moment),
)

api_key = Table(
    "api_key",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("key_id", Text),
    _required("customer_id", _ID),
    _required("digest", LargeBinary),
    _required("label", Text),
    _required("scopes", ARRAY(Text)),
    _required("created_at", _Moment),
    Column("expires_at", _Moment),
    Column("revoked_at", _Moment),
)

budget_data_source_config = Table(
    "budget_data_source_config",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("customer_id", _ID),
    _required("name", Text),
    _required("source_type", Text),
    _required("active", Boolean),
    _required("configuration", JSONB),
    Column("secrets", LargeBinary),
    Column("poll_seconds", Integer),
    Column("cron", Text),
    _required("next_due_at", _Moment),
    Column("last_polled_at", _Moment),
    Column("last_error", Text),
    _required("created_at", _Moment),
    _required("updated_at", _Moment),
    Column("last_sync_at", _Moment),
    _required("consecutive_failures", Integer),
)

source_file = Table(
    "source_file",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("customer_id", _ID),
    _required("source_id", _ID),
    _required("path", Text),
    _required("version", Text),
    _required("name", Text),
    _required("size_bytes", BigInteger),
    _required("modified_at", _Moment),
    _required("partition_key", Text),
    _required("first_seen_at", _Moment),
    Column("claimed_at", _Moment),
    _required("attempts", Integer),
    Column("retry_at", _Moment),
    Column("import_id", _ID),
    Column("last_error", Text),
)

stored_file = Table(
    "stored_file",
    metadata,
    _required("customer_id", _ID, primary_key=True),
    _required("sha256", Text, primary_key=True),
    _required("content", LargeBinary),
    _required("size_bytes", BigInteger),
    _required("created_at", _Moment),
)

import_history = Table(
    "import_history",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("customer_id", _ID),
    _required("file_name", Text),
    _required("sha256", Text),
    _required("size_bytes", BigInteger),
    _required("source_type", Text),
    Column("source_id", _ID),
    Column("remote_version", Text),
    _required("status", Text),
    Column("error_code", Text),
    Column("error_message", Text),
    _required("request", JSONB),
    _required("request_digest", Text),
    Column("mapping_digest", Text),
    Column("analysis", JSONB),
    Column("file_type", Text),
    Column("sheet", Text),
    _required("total_rows", Integer),
    _required("success_rows", Integer),
    _required("error_rows", Integer),
    _required("created", Integer),
    _required("updated", Integer),
    _required("unchanged", Integer),
    _required("removed", Integer),
    _required("control_totals", JSONB),
    _required("warnings", JSONB),
    Column("user_name", Text),
    Column("run_id", Text),
    Column("worker", Text),
    _required("lease_until", _Moment),
    _required("received_at", _Moment),
    Column("finished_at", _Moment),
    Column("duration_ms", Integer),
    Column("undo_of", _ID),
)

import_preview = Table(
    "import_preview",
    metadata,
    _required("import_id", _ID, primary_key=True),
    _required("customer_id", _ID),
    _required("prepared", LargeBinary),
    _required("created_at", _Moment),
)

import_row_error = Table(
    "import_row_error",
    metadata,
    _required("customer_id", _ID),
    _required("import_id", _ID, primary_key=True),
    _required("position", Integer, primary_key=True),
    _required("row", Integer),
    Column("column_name", Text),
    _required("value", Text),
    _required("code", Text),
    _required("reason", Text),
)

budget = Table(
    "budget",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("customer_id", _ID),
    _required("department", Text),
    _required("sub_category", Text),
    _required("fiscal_period", Text),
    _required("line_type", Text),
    _required("currency", Text),
    _required("budgeted_amount", _Money),
    _required("reserved_amount", _Money),
    _required("committed_amount", _Money),
    _required("actual_spent", _Money),
    _required("state", Text),
    _required("source", Text),
    Column("source_id", _ID),
    Column("import_id", _ID),
    _required("created_at", _Moment),
    _required("updated_at", _Moment),
    Column("deleted_at", _Moment),
    _required("department_key", Text),
    _required("sub_category_key", Text),
)

budget_revision = Table(
    "budget_revision",
    metadata,
    _required("id", BigInteger, primary_key=True),
    _required("customer_id", _ID),
    _required("budget_id", _ID),
    Column("import_id", _ID),
    _required("change", Text),
    Column("old_amount", _Money),
    Column("new_amount", _Money),
    Column("old_department", Text),
    Column("old_sub_category", Text),
    Column("old_source", Text),
    Column("old_source_id", _ID),
    Column("old_import_id", _ID),
    Column("changed_by", Text),
    _required("changed_at", _Moment),
)

import_line_source = Table(
    "import_line_source",
    metadata,
    _required("customer_id", _ID),
    _required("import_id", _ID),
    _required("budget_id", _ID),
    Column("sheet", Text),
    _required("row", Integer),
    _required("column", Integer),
    _required("amount", _Money),
    _required("raw_amount", Text),
)

reservation = Table(
    "reservation",
    metadata,
    _required("id", _ID, primary_key=True),
    _required("customer_id", _ID),
    _required("external_reference", Text),
    _required("state", Text),
    _required("amount", _Money),
    _required("currency", Text),
    Column("override_reason", Text),
    _required("created_by", Text),
    _required("created_at", _Moment),
    _required("updated_at", _Moment),
    _required("expires_at", _Moment),
)

reservation_line = Table(
    "reservation_line",
    metadata,
    _required("customer_id", _ID),
    _required("reservation_id", _ID, primary_key=True),
    _required("budget_id", _ID, primary_key=True),
    _required("amount", _Money),
    _required("reserved", _Money),
    _required("committed", _Money),
    _required("actual_spent", _Money),
)

budget_entry = Table(
    "budget_entry",
    metadata,
    _required("id", BigInteger, primary_key=True),
    _required("customer_id", _ID),
    _required("budget_id", _ID),
    _required("reservation_id", _ID),
    _required("kind", Text),
    _required("reserved", _Money),
    _required("committed", _Money),
    _required("actual_spent", _Money),
    _required("made_by", Text),
    Column("reason", Text),
    _required("at", _Moment),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    _required("customer_id", _ID, primary_key=True),
    _required("key", Text, primary_key=True),
    _required("request_hash", LargeBinary),
    _required("status", SmallInteger),
    _required("answer", LargeBinary),
    _required("created_at", _Moment),
)
