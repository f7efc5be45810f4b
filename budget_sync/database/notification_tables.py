"""The tables of notifications as SQLAlchemy Core sees them: who is told what, the outbox, what was alerted.

They stand in the metadata of ``tables``; the migrations make them, and a test holds the two against each other.
"""

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from budget_sync.database.tables import metadata, required

_Moment = DateTime(timezone=True)
_ID = UUID(as_uuid=True)

webhook_endpoint = Table(
    "webhook_endpoint",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("url", Text),
    required("description", Text),
    required("events", ARRAY(Text)),
    required("secret", LargeBinary),
    Column("retired_secret", LargeBinary),
    Column("retired_until", _Moment),
    required("active", Boolean),
    Column("disabled_because", Text),
    required("version", Integer),
    required("created_at", _Moment),
    required("updated_at", _Moment),
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    Column("endpoint_id", _ID),
    required("channel", Text),
    required("event_id", _ID),
    required("event_type", Text),
    required("body", Text),
    required("state", Text),
    required("attempts", Integer),
    required("next_at", _Moment),
    required("log", JSONB),
    required("created_at", _Moment),
    Column("delivered_at", _Moment),
)

alert = Table(
    "alert",
    metadata,
    required("customer_id", _ID, primary_key=True),
    required("kind", Text, primary_key=True),
    required("subject", Text, primary_key=True),
    required("raised_at", _Moment),
)
