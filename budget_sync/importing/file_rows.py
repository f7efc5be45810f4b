"""Rows that arrive as JSON instead of a file: kept, and read again, as a file of their own kind.

In: rows of text, the headers first. Out: bytes that ``read_incoming`` turns into the same ``Document`` whenever a step
is repeated; any other bytes are read as the file that they are.
"""

from collections.abc import Sequence

import msgspec

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading import read_document
from budget_sync.reading.document import Document, Grid

_MARK = b'{"budgetSyncRows":'


class _Rows(msgspec.Struct, rename={"rows": "budgetSyncRows"}):
    rows: list[list[str]]


def pack_rows(rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes that stand for these rows."""
    return msgspec.json.encode(_Rows([list(row) for row in rows]))


def read_incoming(content: bytes, file_name: str, encoding: str | None = None) -> Document:
    """The document of a stored file, or of stored rows; ``encoding``: of a text file, when a person chose it.

    Raises:
        UnreadableFileError: the bytes are no table.
    """
    if not content.startswith(_MARK):
        return read_document(content, file_name, encoding=encoding)
    try:
        rows = msgspec.json.decode(content, type=_Rows).rows
    except msgspec.DecodeError as error:
        raise UnreadableFileError(f"{file_name} is no table: {error}", reason="json") from error
    return Document(file_name, "rows", [Grid(rows)])
