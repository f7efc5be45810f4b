"""A row of ``import_draft`` as it is read, and the draft that others see.

In: the columns that the statements name. Out: ``Draft``, ``OpenDraft``.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow

from budget_sync.importing.options import ImportOptions
from budget_sync.importing.outline import Outline

_COLUMNS = """
    id, file_name, sha256, size_bytes, reviewed_import, imported_as, version, options::text, answered::text,
    outline::text, created_by, created_at, updated_at
"""
SELECT_DRAFT = f"SELECT {_COLUMNS} FROM import_draft WHERE id = %s"  # noqa: S608  # constants above
SELECT_OPEN_REVIEW = f"""
    SELECT {_COLUMNS} FROM import_draft WHERE reviewed_import = %s AND imported_as IS NULL
"""  # noqa: S608  # as above
SELECT_OPEN = """
    SELECT id, file_name, size_bytes, created_by, updated_at FROM import_draft
    WHERE imported_as IS NULL AND reviewed_import IS NULL ORDER BY updated_at DESC, id LIMIT 20
"""


class Draft(msgspec.Struct, frozen=True):
    """A file on its way. ``answered``: by the code of a question, the answer. ``version`` rises with every change.

    ``reviewed_import``: the import that it decides about. ``imported_as``: what came of it.
    """

    id: UUID
    file_name: str
    sha256: str
    size_bytes: int
    reviewed_import: UUID | None
    imported_as: UUID | None
    version: int
    options: ImportOptions
    answered: dict[str, str]
    outline: Outline
    created_by: str
    created_at: datetime
    updated_at: datetime


class OpenDraft(msgspec.Struct, frozen=True):
    """A draft as it is listed."""

    id: UUID
    file_name: str
    size_bytes: int
    created_by: str
    updated_at: datetime


def to_draft(row: TupleRow) -> Draft:
    """The draft of a row."""
    return Draft(
        id=row[0],
        file_name=row[1],
        sha256=row[2],
        size_bytes=row[3],
        reviewed_import=row[4],
        imported_as=row[5],
        version=row[6],
        options=msgspec.json.decode(row[7], type=ImportOptions),
        answered=msgspec.json.decode(row[8], type=dict[str, str]),
        outline=msgspec.json.decode(row[9], type=Outline),
        created_by=row[10],
        created_at=row[11],
        updated_at=row[12],
    )
