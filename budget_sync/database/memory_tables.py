"""The tables of what a customer taught, as SQLAlchemy Core sees them: layouts, words, spellings.

They stand in the metadata of ``tables``; the migrations make them, and a test holds the two against each other.
"""

from sqlalchemy import Boolean, Column, DateTime, Integer, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from budget_sync.database.tables import metadata, required

_Moment = DateTime(timezone=True)
_ID = UUID(as_uuid=True)


def _origin() -> list[Column[object]]:
    """Who made a row and when, and when it changed."""
    return [required("created_by", Text), required("created_at", _Moment), required("updated_at", _Moment)]


column_mapping_memory = Table(
    "column_mapping_memory",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("source_key", Text),
    required("fingerprint", Text),
    required("standing", Text),
    required("lesson", JSONB),
    required("import_id", _ID),
    required("taught_by", Text),
    required("learnt_at", _Moment),
    required("seen_at", _Moment),
)

customer_vocabulary = Table(
    "customer_vocabulary",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("word", Text),
    required("word_key", Text),
    required("meaning", Text),
    required("positive", Boolean),
    *_origin(),
    required("version", Integer),
)

value_alias = Table(
    "value_alias",
    metadata,
    required("id", _ID, primary_key=True),
    required("customer_id", _ID),
    required("field", Text),
    required("alias", Text),
    required("alias_key", Text),
    required("name", Text),
    *_origin(),
    required("version", Integer),
)

import_alias_use = Table(
    "import_alias_use",
    metadata,
    required("customer_id", _ID),
    required("import_id", _ID, primary_key=True),
    required("field", Text, primary_key=True),
    required("alias", Text, primary_key=True),
    required("name", Text),
    required("rows", ARRAY(Integer)),
)
