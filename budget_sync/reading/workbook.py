"""Bytes of a workbook become grids of text (xlsx, xlsm, xls, ods), through calamine."""

import datetime as dt
import io
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.document import Document, Grid


def read_workbook_document(content: bytes, file_name: str, file_format: str) -> Document:
    """The document of a workbook."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            grids = [
                _grid(workbook, sheet.name, hidden=sheet.visible != SheetVisibleEnum.Visible)
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except CalamineError as error:
        raise UnreadableFileError(
            "The workbook is damaged. Open it in a spreadsheet program, save it again and send it.", reason="damaged"
        ) from error
    return Document(file_name, file_format, grids)


def _grid(workbook: CalamineWorkbook, name: str, *, hidden: bool) -> Grid:
    rows: list[list[str]] = []
    kinds: list[str] = []
    for values in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False):
        pairs = [_cell(value) for value in values]
        while pairs and pairs[-1][0] == "":
            pairs.pop()
        rows.append([text for text, _ in pairs])
        kinds.append("".join(kind for _, kind in pairs))
    return Grid(rows, name, kinds, hidden)


def _cell(value: object) -> tuple[str, str]:
    if isinstance(value, str):
        return value, "t" if value else " "
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "b"
    if isinstance(value, int | float):
        return plain_number(value), "n"
    if isinstance(value, dt.datetime):
        return (value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")), "d"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat(), "d"
    return str(value), "n"


def plain_number(value: float) -> str:
    """The shortest plain decimal that is this number: no exponent, no ``.0``, no dust of binary fractions."""
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")
