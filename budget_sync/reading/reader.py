"""Bytes of a file become a Document; what they are is told by the bytes, never by the name."""

from budget_sync.reading.content_type import ContentType, recognise
from budget_sync.reading.document import Document
from budget_sync.reading.limits import DEFAULT_LIMITS, Limits
from budget_sync.reading.text.text_file import read_text_document
from budget_sync.reading.workbook.workbook_file import read_workbook_document


def read_document(
    content: bytes, file_name: str, *, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Every sheet of a workbook, or the records of a text file, as text.

    ``encoding``: of a text file, when a person chose it; None for by evidence. ``limits``: what reading may take.

    Raises:
        UnreadableFileError: the bytes are no table that can be read; ``reason`` says why, the message also what to do.
    """
    content_type = recognise(content)
    if content_type is ContentType.TEXT:
        return read_text_document(content, file_name, encoding, limits)
    return read_workbook_document(content, file_name, limits, is_archive=content_type is ContentType.ZIP)
