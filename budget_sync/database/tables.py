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


def required(name: str, kind: Any, *, primary_key: bool = False) -> Column[Any]:
    """A column that is never NULL."""
    return Column(name, kind, nullable=False, primary_key=primary_key)


customer = Table(
    "customer",
    metadata,
    required("id", _ID, primary_key=True),
    required("slug", Text),
    required("name", Text),
    required("currency", Text),
    required("fiscal_year_start", SmallInteger),
    required("created_at", _Moment),
    required("version", Integer),
    required("updated_at", _Moment),
    Column("deleted_at", _Moment),
)

api_key = Table(
    "api_key",
    metadata,
    required("id", _ID, primary_key=True),
    required("key_id", Text),
    required("customer_id", _ID),
    required("digest", LargeBinary),
    required("label", Text),
    required("scopes", ARRAY(Text)),
    required("created_at", _Moment),
    Column("expires_at", _Moment),
    Column("revoked_at", _Moment),
    required("created_by", Text),
    required("version", Integer),
    required("use_count", BigInteger),
    Column("last_used_at", _Moment),
)

operator_key = Table(
    "operator_key",
    metadata,
    required("key_id", Text, primary_key=True),
    required("digest", LargeBinary),
    required("label", Text),
    required("created_at", _Moment),
    Column("expires_at", _Moment),
    Column("revoked_at", _Moment),
    required("use_count", BigInteger),
    Column("last_used_at", _Moment),
)

budget_data_source_config = Table(
    "budget_data_source_config",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("name", Text),
    required("source_type", Text),
    required("active", Boolean),
    required("configuration", JSONB),
    Column("secrets", LargeBinary),
    Column("poll_seconds", Integer),
    Column("cron", Text),
    required("next_due_at", _Moment),
    Column("last_polled_at", _Moment),
    Column("last_error", Text),
    required("created_at", _Moment),
    required("updated_at", _Moment),
    Column("last_sync_at", _Moment),
    required("consecutive_failures", Integer),
    required("version", Integer),
    required("recent_failures", ARRAY(_Moment)),
)

source_file = Table(
    "source_file",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("source_id", _ID),
    required("path", Text),
    required("version", Text),
    required("name", Text),
    required("size_bytes", BigInteger),
    required("modified_at", _Moment),
    required("partition_key", Text),
    required("first_seen_at", _Moment),
    Column("claimed_at", _Moment),
    required("attempts", Integer),
    Column("retry_at", _Moment),
    Column("import_id", _ID),
    Column("last_error", Text),
)

stored_file = Table(
    "stored_file",
    metadata,
    required("customer_id", _ID, primary_key=True),
    required("sha256", Text, primary_key=True),
    required("content", LargeBinary),
    required("size_bytes", BigInteger),
    required("created_at", _Moment),
    Column("file_name", Text),
)

import_history = Table(
    "import_history",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("file_name", Text),
    required("sha256", Text),
    required("size_bytes", BigInteger),
    required("source_type", Text),
    Column("source_id", _ID),
    Column("remote_version", Text),
    required("status", Text),
    Column("error_code", Text),
    Column("error_message", Text),
    required("request", JSONB),
    required("request_digest", Text),
    Column("mapping_digest", Text),
    Column("analysis", JSONB),
    Column("file_type", Text),
    Column("sheet", Text),
    required("total_rows", Integer),
    required("success_rows", Integer),
    required("error_rows", Integer),
    required("created", Integer),
    required("updated", Integer),
    required("unchanged", Integer),
    required("removed", Integer),
    required("control_totals", JSONB),
    required("warnings", JSONB),
    Column("user_name", Text),
    Column("run_id", Text),
    Column("worker", Text),
    required("lease_until", _Moment),
    required("received_at", _Moment),
    Column("finished_at", _Moment),
    Column("duration_ms", Integer),
    Column("undo_of", _ID),
    Column("lesson", JSONB),
    required("started_at", _Moment),
    required("named_lines", JSONB),
    required("decisions", JSONB),
)

import_preview = Table(
    "import_preview",
    metadata,
    required("import_id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("prepared", LargeBinary),
    required("created_at", _Moment),
)

import_rehearsal = Table(
    "import_rehearsal",
    metadata,
    required("customer_id", _ID, primary_key=True),
    required("sha256", Text, primary_key=True),
    required("source_key", Text, primary_key=True),
    required("asked", Text, primary_key=True),
    required("changes", Text),
    required("rehearsed_at", _Moment),
)

import_row_error = Table(
    "import_row_error",
    metadata,
    required("customer_id", _ID),
    required("import_id", _ID, primary_key=True),
    required("position", Integer, primary_key=True),
    required("row", Integer),
    Column("column_name", Text),
    required("value", Text),
    required("code", Text),
    required("reason", Text),
)

budget = Table(
    "budget",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("department", Text),
    required("sub_category", Text),
    required("fiscal_period", Text),
    required("line_type", Text),
    required("currency", Text),
    required("budgeted_amount", _Money),
    required("reserved_amount", _Money),
    required("committed_amount", _Money),
    required("actual_spent", _Money),
    required("state", Text),
    required("source", Text),
    Column("source_id", _ID),
    Column("import_id", _ID),
    required("created_at", _Moment),
    required("updated_at", _Moment),
    Column("deleted_at", _Moment),
    required("department_key", Text),
    required("sub_category_key", Text),
)

budget_revision = Table(
    "budget_revision",
    metadata,
    required("id", BigInteger, primary_key=True),
    required("customer_id", _ID),
    required("budget_id", _ID),
    Column("import_id", _ID),
    required("change", Text),
    Column("old_amount", _Money),
    Column("new_amount", _Money),
    Column("old_department", Text),
    Column("old_sub_category", Text),
    Column("old_source", Text),
    Column("old_source_id", _ID),
    Column("old_import_id", _ID),
    Column("changed_by", Text),
    required("changed_at", _Moment),
    Column("sheet", Text),
    Column("row", Integer),
    Column("column", Integer),
    Column("raw_amount", Text),
)

line_place = Table(
    "line_place",
    metadata,
    required("customer_id", _ID),
    required("import_id", _ID),
    required("budget_id", _ID),
    Column("sheet", Text),
    required("row", Integer),
    required("column", Integer),
    required("amount", _Money),
    required("raw_amount", Text),
)
