"""The first bytes of a file say what it is; its name never does.

Out: ``ContentType``, or the error that tells a person what they sent and what to send instead.
"""

import enum
import re

from budget_sync.domain.errors import UnreadableFileError

_HEAD = 8192
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27}) + b"\x7f"
_CONTROL_SHARE = 0.02  # text of any single-byte encoding holds next to none
_MOSTLY_ZERO, _HARDLY_ZERO = 0.5, 0.1

_SAVE_AS = "Open it in a spreadsheet program, save it as .xlsx or .csv and send that."


class ContentType(enum.Enum):
    """What the bytes are, as far as their beginning tells."""

    TEXT = "text"
    ZIP = "zip"
    OLE = "ole"


def recognise(content: bytes) -> ContentType:
    """What ``content`` is.

    Raises:
        UnreadableFileError: it is empty or something that holds no table (``empty``, ``pdf``, ``web_page``, ...).
    """
    head = content[:_HEAD]
    if not content or not content.strip(b" \t\r\n\f\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("The file is empty. Send one with a header and rows.", reason="empty")
    if head.startswith(_ZIP):
        return ContentType.ZIP
    if head.startswith(_OLE):
        return ContentType.OLE
    if found := _other_magic(head) or _markup(head):
        reason, message = found
        raise UnreadableFileError(message, reason=reason)
    if _is_binary(head):
        raise UnreadableFileError(
            "The file is neither a workbook nor a text table. " + _SAVE_AS, reason="binary", size=len(content)
        )
    return ContentType.TEXT


_IMAGE = ("image", "This is a picture, not a table. Send the workbook or the CSV file that it shows.")
_ARCHIVE = ("archive", "This is a compressed archive. Unpack it and send the workbook or the CSV file inside.")
_DATABASE = (
    "binary",
    "This is a database or a columnar data file, not a table to read. Export it as .csv and send that.",
)
_OLD_EXCEL = ("old_workbook", "This workbook is from Excel 4 or older. " + _SAVE_AS)
_MAGIC: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"%PDF-", ("pdf", "This is a PDF document, not a table. Send the workbook or the CSV file it was made from.")),
    (b"{\\rtf", ("rtf", "This is a text document (RTF), not a table. Send the table as .xlsx or .csv.")),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"SQLite format 3", _DATABASE),
    (b"PAR1", _DATABASE),
    (b"\x09\x00\x04\x00", _OLD_EXCEL),
    (b"\x09\x02\x06\x00", _OLD_EXCEL),
    (b"\x09\x04\x06\x00", _OLD_EXCEL),
)


def _other_magic(head: bytes) -> tuple[str, str] | None:
    return next((answer for magic, answer in _MAGIC if head.startswith(magic)), None)


_HTML = re.compile(
    rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body|table|meta|div)\b", re.IGNORECASE | re.DOTALL
)
_JSON = re.compile(rb'[{\[]\s*([{\[]\s*)*("[^"]*"\s*:|\{|\])')


def _markup(head: bytes) -> tuple[str, str] | None:
    """Markup that spreadsheet programs open although it is no workbook, and JSON."""
    start = (head.replace(b"\0", b"") if head.startswith(_WIDE_MARKS) else head).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "xml_2003", "This is a workbook in the XML format of Excel 2003. Open it in Excel and save it as .xlsx."
    if _HTML.match(start):
        return "web_page", "This is a web page, whatever its name says. " + _SAVE_AS
    if start.startswith((b"<?xml", b"<!DOCTYPE")):
        return "xml", "This is an XML file, not a table. Export the table as .xlsx or .csv and send that."
    if _JSON.match(start):
        return "json", "This is a JSON file, not a table. Export the table as .xlsx or .csv and send that."
    return None


def _is_binary(head: bytes) -> bool:
    """Control characters betray it; of wide text the characters count, for every third letter of Turkish holds a 1."""
    if not head.startswith(_WIDE_MARKS) and not _zeros_alternate(head):
        return len(head) - len(head.translate(None, _CONTROL)) > len(head) * _CONTROL_SHARE
    high_first = head[0::2].count(0) > head[1::2].count(0)
    text = head.decode("utf-16-be" if high_first else "utf-16-le", "ignore").replace("\0", "")
    return sum(ord(character) in _CONTROL for character in text if character < "\x80") > len(text) * _CONTROL_SHARE


def _zeros_alternate(head: bytes) -> bool:
    """Whether zero bytes stand as in UTF-16 (in every second place) or UTF-32 (in three of four)."""
    shares = [head[place::4].count(0) / max(1, len(head[place::4])) for place in range(4)]
    mostly = [share > _MOSTLY_ZERO for share in shares]
    filled = [share < _HARDLY_ZERO for share in shares]
    return any(
        all(mostly[place] if place in zeros else filled[place] for place in range(4))
        for zeros in ((0, 2), (1, 3), (0, 1, 2), (1, 2, 3))
    )
