"""The rejected rows of an import as a file that its sender corrects and sends again.

In: ``FailedRows``, the errors. Out: bytes of a workbook (bad cells coloured, each with a comment that says what to do,
and a sheet that sums it up) or of a CSV. No cell becomes a formula: in the workbook every text is marked as text, in
the CSV it is guarded. openpyxl writes row by row; it is imported when the first workbook is written.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from budget_sync.domain.amount_text import parse_amount
from budget_sync.domain.formula_text import guard_formula
from budget_sync.domain.number_style import NumberStyle
from budget_sync.domain.workbook_cells import number_cell, text_cell, writable_text
from budget_sync.importing.failed_rows import AnswerRow, FailedRows
from budget_sync.validation.lines import RowError

_BAD = "FFC7CE"
_HEAD = "D9E1F2"
_FIGURES = re.compile(r"-?[0-9][0-9.,' \u00a0\u202f]*")
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE = 31
_NAMED_ROWS = 10
_WIDEST = 50
_SAMPLED = 200
SUMMARY = "Please read"


@dataclass(frozen=True, slots=True)
class Problem:
    """Cells of one column that are wrong in one way; ``rows`` as a reader counts them, from 1."""

    column: str | None
    reason: str
    rows: list[int]


def problems_of(errors: Iterable[RowError]) -> list[Problem]:
    """The errors by column and kind, the most frequent first; the reason is that of the first cell."""
    found: dict[tuple[str | None, str], Problem] = {}
    for error in errors:
        problem = found.setdefault((error.column, error.code), Problem(error.column, error.reason, []))
        problem.rows.append(error.row + 1)
    return sorted(found.values(), key=lambda problem: -len(problem.rows))


def write_error_csv(target: IO[bytes], failed: FailedRows) -> None:
    """The rejected rows as UTF-8 with commas, and a mark that makes spreadsheet programs read it so."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerows([guard_formula(cell) for cell in row.cells] for row in failed.rows)
    text.flush()
    text.detach()


def write_error_workbook(target: IO[bytes], file_name: str, failed: FailedRows, errors: Sequence[RowError]) -> None:
    """The rejected rows under their own header, and the summary behind them."""
    from openpyxl import Workbook  # noqa: PLC0415 - costs 0.2 s, which only this needs

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(failed.sheet))
    for index, width in enumerate(_widths(failed.rows), start=1):
        sheet.column_dimensions[_letter(index)].width = width
    if failed.header is not None:
        sheet.freeze_panes = f"A{failed.header + 2}"
    for position, row in enumerate(failed.rows):
        sheet.append(_cells(sheet, row, is_header=position == failed.header, styles=failed.styles))
    summary = book.create_sheet(SUMMARY)
    summary.column_dimensions["A"].width = 120
    for sentence in _summary(file_name, errors):
        summary.append([text_cell(summary, sentence)])
    book.save(target)


def _summary(file_name: str, errors: Sequence[RowError]) -> list[str]:
    rows = len({error.row for error in errors})
    sentences = [
        f"{rows} row{'' if rows == 1 else 's'} of {file_name} could not be loaded.",
        "Correct the coloured cells of the other sheet (each has a comment) and send this file again.",
        "The rows that were right are not in it.",
    ]
    for problem in problems_of(errors):
        where = f"Column '{problem.column}'" if problem.column else "The whole row"
        named = ", ".join(map(str, problem.rows[:_NAMED_ROWS]))
        more = f" and {len(problem.rows) - _NAMED_ROWS} more" if len(problem.rows) > _NAMED_ROWS else ""
        sentences.append(f"{where}: {problem.reason} (row {named}{more} of your file)")
    return sentences


def _cells(sheet: Any, row: AnswerRow, *, is_header: bool, styles: Mapping[int, NumberStyle]) -> list[Any]:
    cells = []
    for column, text in enumerate(row.cells):
        if column in row.advice:
            cell = text_cell(sheet, text)
            _mark(cell, row.advice[column])
        elif is_header:
            cell = text_cell(sheet, text)
            _fill(cell, _HEAD)
        elif row.kinds[column : column + 1] == "n":
            cell = number_cell(sheet, text)
        else:
            cell = number_cell(sheet, _plain_amount(text, styles.get(column)), otherwise=text)
        cells.append(cell)
    return cells


def _plain_amount(text: str, style: NumberStyle | None) -> str:
    """The number that an amount of a text file means, '' where the cell says more than a number, or is none.

    Among a few rows ``1.234`` does not show any more whether its point parts thousands.
    """
    if style is None or _FIGURES.fullmatch(text) is None:
        return ""
    try:
        amount = parse_amount(text, style)
    except ValueError:
        return ""
    return "" if amount is None else format(amount, "f")


def _mark(cell: Any, advice: str) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above

    _fill(cell, _BAD)
    cell.comment = Comment(writable_text(advice), "budget_sync", height=120, width=320)


def _fill(cell: Any, colour: str) -> None:
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    cell.fill = PatternFill("solid", fgColor=colour)


def _widths(rows: Sequence[AnswerRow]) -> list[int]:
    widths: list[int] = []
    for row in rows[:_SAMPLED]:
        widths += [8] * (len(row.cells) - len(widths))
        for column, text in enumerate(row.cells):
            widths[column] = min(max(widths[column], len(text) + 2), _WIDEST)
    return widths


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return str(get_column_letter(index))


def _title(sheet: str | None) -> str:
    title = _NO_TITLE.sub(" ", sheet or "").strip(" '")[:_LONGEST_TITLE]
    return title if title and title != SUMMARY else "Rows to correct"
