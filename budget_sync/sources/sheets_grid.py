"""A spreadsheet as the Sheets API gives it, as far as it is read here.

In: the JSON of ``spreadsheets.get``. Out: its tabs, and their cells with values as they are and the formats that tell
currency and dates. Names are the API's.
"""

import msgspec

# What is asked for of each; the rest of an answer is many times as large.
TABS = "properties(title),sheets(properties(sheetId,title,sheetType,hidden))"
CELLS = (
    "sheets(properties(sheetId,title,sheetType,hidden),merges,data(startRow,startColumn,"
    "rowData(values(effectiveValue,formattedValue,effectiveFormat(numberFormat)))))"
)


class _Answer(msgspec.Struct, frozen=True, rename="camel"):
    """The API leaves out what is zero, false or empty."""


class NumberFormat(_Answer, frozen=True, rename="camel"):
    """How a number is shown: ``type`` CURRENCY, DATE, PERCENT...; ``pattern`` much as in Excel."""

    type: str = ""
    pattern: str = ""


class CellFormat(_Answer, frozen=True, rename="camel"):
    """The format in force."""

    number_format: NumberFormat = NumberFormat()


class ErrorValue(_Answer, frozen=True, rename="camel"):
    """What a formula came to instead of a value: REF, DIVIDE_BY_ZERO, LOADING..."""

    type: str = ""


class CellValue(_Answer, frozen=True, rename="camel"):
    """One of these. Dates are numbers of days since 30 December 1899."""

    number_value: float | None = None
    string_value: str | None = None
    bool_value: bool | None = None
    error_value: ErrorValue | None = None


class Cell(_Answer, frozen=True, rename="camel"):
    """A value, how it is formatted, and how that looks."""

    effective_value: CellValue = CellValue()
    effective_format: CellFormat = CellFormat()
    formatted_value: str = ""


class Row(_Answer, frozen=True, rename="camel"):
    """Up to the last cell that has something."""

    values: tuple[Cell, ...] = ()


class Block(_Answer, frozen=True, rename="camel"):
    """Rows from ``start_row`` and ``start_column`` on, both 0-based."""

    start_row: int = 0
    start_column: int = 0
    row_data: tuple[Row, ...] = ()


class Merge(_Answer, frozen=True, rename="camel"):
    """Cells shown as one; the ends are the first that no longer belong to it."""

    start_row_index: int = 0
    end_row_index: int = 0
    start_column_index: int = 0
    end_column_index: int = 0


class TabProperties(_Answer, frozen=True, rename="camel"):
    """``sheet_type`` GRID, or OBJECT for a chart of its own."""

    sheet_id: int = 0
    title: str = ""
    sheet_type: str = "GRID"
    hidden: bool = False


class Tab(_Answer, frozen=True, rename="camel"):
    """One tab."""

    properties: TabProperties
    data: tuple[Block, ...] = ()
    merges: tuple[Merge, ...] = ()


class Spreadsheet(_Answer, frozen=True, rename="camel"):
    """The tabs in their order."""

    sheets: tuple[Tab, ...] = ()


class DriveFile(_Answer, frozen=True, rename="camel"):
    """What Drive says of the file; ``modified_time`` as it writes it."""

    id: str
    name: str
    modified_time: str
