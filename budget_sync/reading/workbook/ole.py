"""An OLE file is looked over before the parser opens it: is it a workbook, and is it open to read?"""

import struct

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.workbook.refusals import locked

_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le"))
_STREAM_START = struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)  # BIFF 8, the records of the whole workbook
_FILEPASS = 0x002F
_RECORD_HEAD = 4
_FIRST_RECORDS = 10
_SMALLEST = 1536  # a header, one sector of allocation table, one of directory


def _is_locked(content: bytes) -> bool:
    """Whether a FILEPASS record stands among the first ones of the workbook's stream."""
    at = content.find(_STREAM_START)
    for _ in range(_FIRST_RECORDS):
        if at < 0 or at + _RECORD_HEAD > len(content):
            return False
        number, length = struct.unpack_from("<HH", content, at)
        if number == _FILEPASS:
            return True
        at += _RECORD_HEAD + int(length)
    return False


def look_over_ole(content: bytes) -> None:
    """Nothing, where ``content`` is a workbook that may be parsed.

    Raises:
        UnreadableFileError: ``password``, ``document``, ``damaged``.
    """
    if _PASSWORD in content or _is_locked(content):
        raise locked()
    if len(content) < _SMALLEST:
        raise UnreadableFileError(
            "The workbook was cut short on its way. Open it in a spreadsheet program, save it again and send it.",
            reason="damaged",
        )
    if not any(name in content for name in _WORKBOOKS):
        raise UnreadableFileError(
            "This is an Office file of another kind (a document, a message), not a workbook. Send the table as .xlsx "
            "or .csv.",
            reason="document",
        )
