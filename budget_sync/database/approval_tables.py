"""The tables of approvals as SQLAlchemy Core sees them: reservations and their ledger, rules, rates.

They stand in the metadata of ``tables``; the migrations make them, and a test holds the two against each other.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import UUID

from budget_sync.database.tables import metadata, required

_Moment = DateTime(timezone=True)
_Money = Numeric(19, 4)
_ID = UUID(as_uuid=True)

reservation = Table(
    "reservation",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("external_reference", Text),
    required("state", Text),
    required("amount", _Money),
    required("currency", Text),
    Column("override_reason", Text),
    required("created_by", Text),
    required("created_at", _Moment),
    required("updated_at", _Moment),
    required("expires_at", _Moment),
    Column("asked_amount", _Money),
    Column("asked_currency", Text),
    Column("rate", Numeric(20, 10)),
    Column("rate_valid_on", Date),
)

reservation_line = Table(
    "reservation_line",
    metadata,
    required("customer_id", _ID),
    required("reservation_id", _ID, primary_key=True),
    required("budget_id", _ID, primary_key=True),
    required("amount", _Money),
    required("reserved", _Money),
    required("committed", _Money),
    required("actual_spent", _Money),
)

budget_entry = Table(
    "budget_entry",
    metadata,
    required("id", BigInteger, primary_key=True),
    required("customer_id", _ID),
    required("budget_id", _ID),
    required("reservation_id", _ID),
    required("kind", Text),
    required("reserved", _Money),
    required("committed", _Money),
    required("actual_spent", _Money),
    required("made_by", Text),
    Column("reason", Text),
    required("at", _Moment),
)

budget_check_log = Table(
    "budget_check_log",
    metadata,
    required("id", BigInteger, primary_key=True),
    required("customer_id", _ID),
    required("asked_at", _Moment),
    required("key_id", Text),
    Column("request_id", Text),
    required("department", Text),
    Column("sub_category", Text),
    required("fiscal_period", Text),
    required("amount", _Money),
    Column("currency", Text),
    required("available", Boolean),
    required("decision", Text),
    required("reason_code", Text),
    Column("matched_level", Text),
    Column("budget_id", _ID),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    required("customer_id", _ID, primary_key=True),
    required("key", Text, primary_key=True),
    required("request_hash", LargeBinary),
    required("status", SmallInteger),
    required("answer", LargeBinary),
    required("created_at", _Moment),
)

approval_rule = Table(
    "approval_rule",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("department", Text),
    required("sub_category", Text),
    required("auto_approval_threshold", _Money),
    required("utilization_limit", Numeric(7, 2)),
    required("when_exceeded", Text),
    required("version", Integer),
    required("created_at", _Moment),
    required("updated_at", _Moment),
    required("department_key", Text),
    required("sub_category_key", Text),
)

fx_rate = Table(
    "fx_rate",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("from_currency", Text),
    required("to_currency", Text),
    required("valid_on", Date),
    required("rate", Numeric(20, 10)),
    required("created_at", _Moment),
    required("version", Integer),
)
