"""Bytes of a file become a Document; what they are is told by the bytes, never by the name."""

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.document import Document
from budget_sync.reading.text_file import read_text_document
from budget_sync.reading.workbook import read_workbook_document


def read_document(content: bytes, file_name: str, *, encoding: str | None = None) -> Document:
    """Every sheet of a workbook, or the records of a text file, as text.

    ``encoding``: of a text file, when a person chose it; None for by evidence.

    Raises:
        UnreadableFileError: the bytes are no table; ``reason`` says why.
    """
    if not content.strip():
        raise UnreadableFileError("The file is empty. Send one with a header and rows.", reason="empty")
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return read_workbook_document(content, file_name, "xls")
    if content.startswith(b"PK\x03\x04"):
        return read_workbook_document(content, file_name, "ods" if b"opendocument" in content[:200] else "xlsx")
    return read_text_document(content, file_name, encoding)
