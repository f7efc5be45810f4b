"""Budget lines as a file: the list, all of it, as CSV or as a workbook that imports again without a question.

In: ``Database``, a customer, the filters of the list. Out: bytes, written to where the caller says, and the file's
name. The lines are those of one moment, read a block at a time: memory does not grow with them. There is one column of
amounts: with what is used of a line beside it, a file leaves a choice open when it comes back.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import IO, Any
from uuid import UUID

from budget_sync.approval.listing import LineFilter, ListedLine, lines_query, listed_line
from budget_sync.database import Connection, Transactions
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.fields import FileFormat
from budget_sync.domain.formula_text import guard_formula
from budget_sync.domain.workbook_cells import number_cell, text_cell

_COLUMNS = {
    "Department": 28,
    "Sub-category": 28,
    "Fiscal period": 14,
    "Line type": 11,
    "Currency": 10,
    "Budgeted amount": 18,
}
_NAMES = 5  # the columns before the amount
_NUMBER_FORMAT = "#,##0.00##"
_AT_ONCE = 2_000
_MOST_ROWS = 1_048_575  # of a sheet, below its header


def export_lines(
    database: Transactions, customer_id: UUID, wanted: LineFilter, file_format: FileFormat, target: IO[bytes]
) -> str:
    """Write the lines in the order of their names; the name of the file.

    Raises:
        InvalidRequestError: there are more lines than a workbook holds.
    """
    with database.tenant(customer_id) as connection:
        rows = map(_texts, _lines(connection, wanted))
        if file_format is FileFormat.CSV:
            _write_csv(target, rows)
        else:
            _write_workbook(target, rows)
    return f"budgets_{datetime.now(UTC):%Y-%m-%d}.{file_format}"


def _lines(connection: Connection, wanted: LineFilter) -> Iterator[ListedLine]:
    with connection.cursor(name="export") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(*lines_query(wanted, None))
        yield from map(listed_line, cursor)


def _texts(line: ListedLine) -> list[str]:
    names = (line.department, line.sub_category or "", line.fiscal_period, line.line_type, line.currency)
    return [*names, format(line.budgeted_amount, "f")]


def _write_csv(target: IO[bytes], rows: Iterable[list[str]]) -> None:
    """UTF-8 with the mark that makes spreadsheet programs read it so."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    csv.writer(text).writerows(map(guard_formula, row) for row in chain([list(_COLUMNS)], rows))
    text.flush()
    text.detach()


def _write_workbook(target: IO[bytes], rows: Iterable[list[str]]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - costs 0.2 s, which only this needs

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Budgets")
    for letter, width in zip("ABCDEF", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_header_cell(sheet, name) for name in _COLUMNS])
    for count, row in enumerate(rows):
        if count == _MOST_ROWS:
            raise InvalidRequestError(
                f"There are more than {_MOST_ROWS:,} lines, too many for a workbook. Take format=csv, or a filter.",
                field="format",
            )
        sheet.append(
            [*(text_cell(sheet, text) for text in row[:_NAMES]), *(_amount_cell(sheet, text) for text in row[_NAMES:])]
        )
    book.save(target)


def _header_cell(sheet: Any, name: str) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    cell = text_cell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _amount_cell(sheet: Any, text: str) -> Any:
    cell = number_cell(sheet, text)
    cell.number_format = _NUMBER_FORMAT
    return cell
