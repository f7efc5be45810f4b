"""Workbooks made by hand, part by part, as no spreadsheet program would write them."""

import io
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_ROOT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
SHEET_START = f'<worksheet xmlns="{_MAIN}"><sheetData>'
SHEET_END = "</sheetData></worksheet>"


def sheet_xml(rows: str) -> str:
    """A sheet's part with these ``row`` elements."""
    return SHEET_START + rows + SHEET_END


def raw_xlsx(sheet: str | Iterable[bytes], *, strings: str = "<sst/>", before: str = "", **parts: str) -> bytes:
    """An xlsx of one sheet. ``before``: what stands in front of the sheet's root; ``parts`` replace or add others."""
    written = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/sharedStrings.xml": strings.replace("<sst", f'<sst xmlns="{_MAIN}"'),
        **parts,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in written.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            pieces = [sheet.encode()] if isinstance(sheet, str) else sheet
            for piece in [before.encode(), *pieces] if isinstance(sheet, str) else pieces:
                part.write(piece)
    return buffer.getvalue()


def zipped(**parts: str) -> bytes:
    """A zip archive of these parts; ``__`` in a name stands for ``/``, a single ``_`` at its end for nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook as openpyxl writes it."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def ods(rows: str, *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet", **parts: str) -> bytes:
    """An OpenDocument sheet with these ``table:table-row`` elements."""
    return ods_of({"Budget": rows}, mimetype=mimetype, **parts)


def ods_of(
    sheets: dict[str, str], *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet", **parts: str
) -> bytes:
    """An OpenDocument workbook with these sheets, their names as XML writes them."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items())
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    written = {"mimetype": mimetype, "META-INF/manifest.xml": _MANIFEST, "content.xml": content, **parts}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in written.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def xls(*records: tuple[int, bytes], globals_: tuple[tuple[int, bytes], ...] = (), stream: str = "Workbook") -> bytes:
    """An xls (BIFF 8 within OLE) of one sheet with these records: number and body."""
    start, end = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)), _record(0x000A, b"")
    name = b"\x06\x00Budget"
    inside = b"".join(_record(*record) for record in globals_)
    offset = len(start) + len(inside) + 4 + 6 + len(name) + len(end)
    bound = _record(0x0085, struct.pack("<IH", offset, 0) + name)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += b"".join(_record(*record) for record in records) + end
    return _ole(stream, start + inside + bound + end + sheet)


def label_record(row: int, column: int, text: str) -> tuple[int, bytes]:
    """A cell of text for ``xls``."""
    return 0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")


def number_record(row: int, column: int, value: float) -> tuple[int, bytes]:
    """A cell with a number for ``xls``."""
    return 0x0203, struct.pack("<HHHd", row, column, 0, value)


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _ole(name: str, stream: bytes) -> bytes:
    """An OLE file of one stream: header, allocation table, directory, stream."""
    stream = stream.ljust(4096, b"\0")  # a shorter one would have to live in a mini stream
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512
    last, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [table, last, *range(3, 2 + count), last]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        last,
        0,
        last,
        0,
        0,
    )
    header += struct.pack("<108I", *[free] * 108)
    directory = _entry("Root Entry", 5, last, 0, child=1) + _entry(name, 2, 2, len(stream)) + bytes(256)
    return header + struct.pack("<128I", *chain, *[free] * (128 - len(chain))) + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    links = struct.pack("<64sHBBIII", encoded, len(encoded), kind, 1, none, none, child)
    return links + bytes(36) + struct.pack("<IQ", start, size)


def memory_of(process: int) -> int:
    """The peak memory of a process so far, in bytes."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
