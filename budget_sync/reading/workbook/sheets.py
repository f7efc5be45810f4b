"""A workbook that was looked over becomes messages with its sheets, through calamine. Runs in the child."""

import io
from collections.abc import Iterator
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.cell_limit import held_text
from budget_sync.reading.document import MergedRange
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.cell_text import row_texts
from budget_sync.reading.workbook.messages import ParseRequest, SheetOpened, SheetRows, WorkbookOpened
from budget_sync.reading.workbook.refusals import damaged, locked
from budget_sync.reading.workbook.scan import scan_workbook
from budget_sync.reading.workbook.sheet_facts import SheetFacts

_BLOCK_ROWS = 2000


def parse_workbook(request: ParseRequest) -> Iterator[WorkbookOpened | SheetOpened | SheetRows]:
    """Every worksheet in the workbook's order.

    Raises:
        UnreadableFileError: the workbook is damaged, protected, too large, or of a kind that is not read.
    """
    facts = scan_workbook(request)
    yield WorkbookOpened(facts.file_format)
    cells = 0
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(request.content)) as workbook:
            for metadata in workbook.sheets_metadata:
                if metadata.typ == SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_name(metadata.name)
                    cells += sheet.total_height * sheet.total_width
                    _refuse_many(sheet, cells, request.limits)
                    found = facts.sheets.get(metadata.name) or SheetFacts()
                    hidden = metadata.visible != SheetVisibleEnum.Visible
                    yield from _sheet(sheet, found, request.limits.cell, hidden=hidden)
    except PasswordError as error:
        raise locked() from error
    except CalamineError as error:
        raise damaged() from error


def _refuse_many(sheet: CalamineSheet, cells: int, limits: Limits) -> None:
    if cells > limits.cells:
        raise UnreadableFileError(
            f"With sheet '{sheet.name}', which reaches to row {sheet.total_height:,}, column {sheet.total_width:,}, "
            f"the workbook has more than the {limits.cells:,} cells that are read. Delete unused rows and columns, or "
            "send the sheet with the budget alone.",
            reason="too_large",
            sheet=sheet.name,
            row=sheet.total_height,
            column=sheet.total_width,
        )


def _sheet(sheet: CalamineSheet, facts: SheetFacts, longest: int, *, hidden: bool) -> Iterator[SheetOpened | SheetRows]:
    yield SheetOpened(
        held_text(sheet.name, longest),
        hidden,
        [MergedRange(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()],
        sorted(facts.hidden_rows),
        facts.number_units(),
        facts.notes(held_text(sheet.name, longest)),
    )
    yield from _blocks(sheet, facts, longest)


def _blocks(sheet: CalamineSheet, facts: SheetFacts, longest: int) -> Iterator[SheetRows]:
    marks = _marks_by_row(facts)
    # calamine leaves the empty columns at the left out
    before: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
    rows: list[list[str]] = []
    kinds: list[str] = []
    number = 0
    for number, values in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
        texts, letters = row_texts(before + values if before else values, longest)
        if found := marks.pop(number - 1, None):
            texts, letters = _marked(texts, letters, found)
        rows.append(texts)
        kinds.append(letters)
        if len(rows) == _BLOCK_ROWS:
            yield SheetRows(rows, kinds)
            rows, kinds = [], []
    for row in sorted(marks):  # cells that hold nothing but an error, behind the last row with a value
        texts, letters = _marked([], "", marks[row])
        missing = row - number
        rows += [[] for _ in range(missing)] + [texts]
        kinds += [""] * missing + [letters]
        number = row + 1
    if rows:
        yield SheetRows(rows, kinds)


def _marks_by_row(facts: SheetFacts) -> dict[int, dict[int, tuple[str, str]]]:
    """Text and kind of the cells that the parser does not give as they are shown, by row and column."""
    marks: dict[int, dict[int, tuple[str, str]]] = {}
    for (row, column), text in facts.errors.items():
        marks.setdefault(row, {})[column] = (text, "e")
    for row, column in facts.unvalued:
        marks.setdefault(row, {})[column] = ("", "f")
    return marks


def _marked(texts: list[str], kinds: str, marks: dict[int, tuple[str, str]]) -> tuple[list[str], str]:
    width = max(len(texts), max(marks) + 1)
    texts = texts + [""] * (width - len(texts))
    letters = list(kinds.ljust(width))
    for column, (text, kind) in marks.items():
        if kind == "e" or not texts[column]:
            texts[column], letters[column] = text, kind
    return texts, "".join(letters)
