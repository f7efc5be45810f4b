"""The table of files that a person is looking at before they are loaded, as SQLAlchemy Core sees it."""

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, UUID

from budget_sync.database.tables import metadata, required

_Moment = DateTime(timezone=True)
_ID = UUID(as_uuid=True)

import_draft = Table(
    "import_draft",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("file_name", Text),
    required("sha256", Text),
    required("size_bytes", BigInteger),
    Column("reviewed_import", _ID),
    Column("imported_as", _ID),
    required("version", Integer),
    required("options", JSONB),
    required("answered", JSONB),
    required("outline", JSONB),
    required("created_by", Text),
    required("created_at", _Moment),
    required("updated_at", _Moment),
)
