"""The zip archive of a workbook is looked over before any parser opens it.

In: the bytes. Out: ``Archive`` (its format and parts), or the error that names what is wrong with it. Nothing is
unpacked but in pieces, and nothing larger than the limits.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.refusals import damaged, locked

_PIECE = 1024 * 1024
_MEGABYTE = 1024 * 1024
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCRYPTED_FLAG = 1


@dataclass(frozen=True, slots=True)
class Archive:
    """A workbook's archive that may be opened."""

    file_format: str
    zip: zipfile.ZipFile
    names: frozenset[str]

    def pieces(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one part, piece by piece.

        Raises:
            UnreadableFileError: the part is damaged, larger than declared, or declares entities.
        """
        try:
            with self.zip.open(name) as part:
                previous = b""
                while piece := part.read(_PIECE):
                    _refuse_entities(previous[-16:] + piece)
                    yield piece
                    previous = piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError) as error:
            raise damaged() from error

    def part(self, name: str) -> bytes:
        """All of a small part; empty where there is none."""
        return b"".join(self.pieces(name)) if name in self.names else b""


def open_archive(content: bytes, limits: Limits) -> Archive:
    """The archive of a workbook.

    Raises:
        UnreadableFileError: ``damaged``, ``password``, ``zip_bomb``, ``xlsb``, ``numbers``, ``document``, ``archive``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise damaged() from error
    parts = archive.infolist()
    names = frozenset(part.filename for part in parts)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise locked()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        raise UnreadableFileError(
            f"The workbook unpacks to {unpacked // _MEGABYTE} MB, more than the {limits.unpacked // _MEGABYTE} MB that "
            "are read; it was not opened. Delete unused rows and formats, or split it.",
            reason="zip_bomb",
            unpacked=unpacked,
        )
    return Archive(_format_of(names, archive), archive, names)


_FOREIGN: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.bin", "xlsb", "This is a binary workbook (.xlsb). Open it in Excel, save it as .xlsx and send that."),
    ("word/", "document", "This is a text document (Word), not a table. Send the table as .xlsx or .csv."),
    ("ppt/", "document", "This is a presentation, not a table. Send the table as .xlsx or .csv."),
    ("Index/", "numbers", "This is an Apple Numbers file. Export it as .xlsx or .csv and send that."),
)


def _format_of(names: frozenset[str], archive: zipfile.ZipFile) -> str:
    for prefix, reason, message in _FOREIGN:
        if any(name.startswith(prefix) for name in names):
            raise UnreadableFileError(message, reason=reason)
    if "content.xml" in names:
        _refuse_open_document_text(names, archive)
        return "ods"
    if any(name.lower().startswith("xl/") for name in names):
        return "xlsx"
    raise UnreadableFileError(
        "This is a zip archive without a workbook. Unpack it and send the workbook or the CSV file inside.",
        reason="archive",
    )


def _refuse_open_document_text(names: frozenset[str], archive: zipfile.ZipFile) -> None:
    try:
        kind = archive.open("mimetype").read(200) if "mimetype" in names else b""
        manifest = archive.open("META-INF/manifest.xml").read(_MEGABYTE) if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise damaged() from error
    if b"encryption-data" in manifest:
        raise locked()
    if kind and b"spreadsheet" not in kind:
        raise UnreadableFileError(
            "This is an OpenDocument file, but not a table. Send the table as .ods, .xlsx or .csv.", reason="document"
        )


def _refuse_entities(piece: bytes) -> None:
    if _ENTITY.search(piece) or (b"\0" in piece and _ENTITY.search(piece.replace(b"\0", b""))):
        raise UnreadableFileError(
            "The workbook declares XML entities, which no spreadsheet program writes; it was not opened. "
            "Save it again with a spreadsheet program.",
            reason="entities",
        )
