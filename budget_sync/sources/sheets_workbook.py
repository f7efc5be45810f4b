"""A spreadsheet becomes a workbook: the bytes that the engine reads, keeps under their hash and shows to people.

In: tabs with their cells. Out: XLSX. Numbers and dates are written as the numbers they are, with the formats that tell
which is which; the same cells always give the same bytes, whenever they are read.
"""

import io
import re
from collections.abc import Iterable
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from budget_sync.domain.workbook_cells import text_cell, writable_text
from budget_sync.sources.sheets_grid import Block, Cell, Merge, Tab

_BEFORE_ALL: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can name
_CORE: Final = "docProps/core.xml"
_NO_PROPERTIES: Final = (
    b'<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_ERRORS: Final = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
}
_PATTERNS: Final = {"DATE": "yyyy-mm-dd", "DATE_TIME": "yyyy-mm-dd hh:mm:ss", "TIME": "hh:mm:ss", "PERCENT": "0.00%"}
_GENERAL: Final = "General"
_FIGURES = re.compile(r"[0-9.,'\s\u00a0\u202f()+\-\u2212]+")
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE: Final = 31
_LONGEST_PATTERN: Final = 250
STILL_LOADING: Final = "LOADING"


def write_workbook(tabs: Iterable[Tab]) -> bytes:
    """The tabs in their order, all of them to be seen: a hidden one is here because it was asked for."""
    workbook = Workbook(write_only=True)
    titles: set[str] = set()
    for tab in tabs:
        sheet = workbook.create_sheet(_title(tab.properties.title, titles))
        for merge in tab.merges:
            sheet.merged_cells.add(_range(merge))
        for block in tab.data:
            _write_block(sheet, block)
    target = io.BytesIO()
    ExcelWriter(workbook, _UndatedZip(target, "w", ZIP_DEFLATED)).save()
    return target.getvalue()


def still_loading(tabs: Iterable[Tab]) -> bool:
    """Whether a formula waits for something that it fetches from elsewhere."""
    return any(
        cell.effective_value.error_value is not None and cell.effective_value.error_value.type == STILL_LOADING
        for tab in tabs
        for block in tab.data
        for row in block.row_data
        for cell in row.values
    )


def _write_block(sheet: Any, block: Block) -> None:
    for _ in range(block.start_row):
        sheet.append(())
    before = [None] * block.start_column
    for row in block.row_data:
        sheet.append([*before, *(_cell(sheet, cell) for cell in row.values)])


def _cell(sheet: Any, cell: Cell) -> Any:
    value = cell.effective_value
    if value.number_value is not None:
        written = WriteOnlyCell(sheet, value=value.number_value)
        written.number_format = number_format(cell)
        return written
    if value.string_value is not None:
        return text_cell(sheet, value.string_value)
    if value.bool_value is not None:
        return WriteOnlyCell(sheet, value=value.bool_value)
    if value.error_value is not None:
        written = WriteOnlyCell(sheet, value=_ERRORS.get(value.error_value.type, "#N/A"))
        written.data_type = "e"
        return written
    return None


def number_format(cell: Cell) -> str:
    """The format code that tells what the number is, its currency among it."""
    shown = cell.effective_format.number_format
    if shown.pattern:
        return writable_text(shown.pattern)[:_LONGEST_PATTERN]
    if shown.type == "CURRENCY":
        symbol = _FIGURES.sub("", cell.formatted_value)[:8]
        return f"[${symbol}]#,##0.00" if symbol and not set(symbol) & set("[]-") else _GENERAL
    return _PATTERNS.get(shown.type, _GENERAL)


def _title(title: str, taken: set[str]) -> str:
    """A workbook's tabs have at most 31 characters, some of them not at all, and each name once."""
    plain = _NO_TITLE.sub(" ", writable_text(title)).strip("' ") or "Sheet"
    wanted, number = plain[:_LONGEST_TITLE], 1
    while wanted.casefold() in taken:
        number += 1
        ending = f" {number}"
        wanted = plain[: _LONGEST_TITLE - len(ending)] + ending
    taken.add(wanted.casefold())
    return wanted


def _range(merge: Merge) -> str:
    first = f"{get_column_letter(merge.start_column_index + 1)}{merge.start_row_index + 1}"
    return f"{first}:{get_column_letter(merge.end_column_index)}{merge.end_row_index}"


class _UndatedZip(ZipFile):
    """A ZIP file that bears no time, neither of its parts nor in its properties."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Write one part."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        part = ZipInfo(name, _BEFORE_ALL)
        super().writestr(part, _NO_PROPERTIES if name == _CORE else data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Write one part that openpyxl kept in a file."""
        with open(filename, "rb") as kept:  # noqa: PTH123 - what openpyxl gives may be a path or a number
            self.writestr(arcname or filename, kept.read())
