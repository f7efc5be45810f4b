"""Cells of the workbooks that we write: text is never a formula, a number keeps all of its digits or stays text.

In: a sheet of a write-only workbook, the text of a cell. Out: a cell of openpyxl, which is imported with the first one.
"""

import re
from typing import Any

from budget_sync.domain.formula_text import guard_formula

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?")
_MOST_DIGITS = 15  # a workbook's numbers are binary doubles
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_cell(sheet: Any, text: str) -> Any:
    """A cell of text whatever it starts with; the program that opens it keeps it text when it is edited."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - costs 0.2 s, which only those who write workbooks need

    cell = WriteOnlyCell(sheet, value=writable_text(text))
    if text:
        cell.data_type = "s"
        cell.quotePrefix = guard_formula(text) != text
    return cell


def number_cell(sheet: Any, text: str, otherwise: str | None = None) -> Any:
    """A cell with the number of a plain decimal; where a workbook cannot keep it, with its text or another one."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    digits = text.replace("-", "").replace(".", "").lstrip("0")
    if _PLAIN_NUMBER.fullmatch(text) is None or len(digits) > _MOST_DIGITS:
        return text_cell(sheet, text if otherwise is None else otherwise)
    return WriteOnlyCell(sheet, value=float(text))


def writable_text(text: str) -> str:
    """The text without the characters that XML has no place for."""
    return _UNWRITABLE.sub("\ufffd", text)
