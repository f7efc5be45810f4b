"""The whole workbook is looked over: which sheet is which part, what stands in each, whether it may be parsed.

In: the request. Out: the format, and the facts of each sheet by its name.
"""

import posixpath
import xml.etree.ElementTree as ET  # nosec B405  # entity declarations are refused before
from collections.abc import Iterator
from dataclasses import dataclass

from budget_sync.reading.workbook.archive import Archive, open_archive
from budget_sync.reading.workbook.messages import ParseRequest
from budget_sync.reading.workbook.number_formats import style_units
from budget_sync.reading.workbook.ole import look_over_ole
from budget_sync.reading.workbook.open_document import scan_open_document
from budget_sync.reading.workbook.refusals import damaged
from budget_sync.reading.workbook.sheet_facts import SheetFacts
from budget_sync.reading.workbook.sheet_scan import scan_sheet

_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """A workbook that may be parsed. ``sheets``: by name; a sheet that is not in it has nothing notable."""

    file_format: str
    sheets: dict[str, SheetFacts]


def scan_workbook(request: ParseRequest) -> WorkbookFacts:
    """What a workbook holds beside its values.

    Raises:
        UnreadableFileError: it must not or cannot be parsed; ``reason`` says why.
    """
    if not request.is_archive:
        look_over_ole(request.content)
        return WorkbookFacts("xls", {})
    archive = open_archive(request.content, request.limits)
    if archive.file_format == "ods":
        return WorkbookFacts("ods", scan_open_document(archive, request.limits))
    return WorkbookFacts("xlsx", _scan_sheets(archive, request))


def _scan_sheets(archive: Archive, request: ParseRequest) -> dict[str, SheetFacts]:
    units = style_units(archive.part(_named(archive, "xl/styles.xml")))
    facts = {}
    scanned = set()
    for name, part in _sheet_parts(archive):
        if part in archive.names and part not in scanned:
            scanned.add(part)
            facts[name] = scan_sheet(archive.pieces(part), name, units, request.limits)
    for part in sorted(archive.names - scanned):
        if part.lower().endswith((".xml", ".rels")):
            for _ in archive.pieces(part):  # its entity declarations and its checksum
                pass
    return facts


def _sheet_parts(archive: Archive) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet, in the workbook's order."""
    try:
        relations = ET.fromstring(archive.part(_named(archive, _WORKBOOK_RELATIONS)) or b"<none/>")  # noqa: S314 # nosec B314  # no entities
        workbook = ET.fromstring(archive.part(_named(archive, "xl/workbook.xml")) or b"<none/>")  # noqa: S314 # nosec B314  # no entities
    except ET.ParseError as error:
        raise damaged() from error
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID))
        if target:
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            yield sheet.get("name", ""), _named(archive, part)


def _named(archive: Archive, part: str) -> str:
    """The part's name as the archive writes it: some programs write other capitals or backslashes."""
    if part in archive.names:
        return part
    wanted = part.lower()
    return next((name for name in archive.names if name.replace("\\", "/").lower() == wanted), part)
