"""The content of an OpenDocument workbook is looked over before the parser opens it.

In: the archive. Out: the facts of each sheet by its name. A cell or row may stand for many ("repeated a million
times"); the parser writes them all out where they are filled. It leaves cells with an error empty, or gives them the
number that older programs stored beside the error.
"""

import html
import re
from collections.abc import Iterator
from itertools import product

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.archive import Archive
from budget_sync.reading.workbook.sheet_facts import Place, SheetFacts

_CONTENT = "content.xml"
_PARTS = ("meta.xml", "settings.xml", "styles.xml", "META-INF/manifest.xml")
_ATTRIBUTES = rb"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
_TOKEN = re.compile(
    rb"<table:table(?=\s)%b>|<table:table-row\b%b>|<table:(?:covered-)?table-cell\b%b>(?:\s*<text:p\b[^>]*>([^<]{1,40})<)?"
    % (_ATTRIBUTES, _ATTRIBUTES, _ATTRIBUTES)
)
_NAME = re.compile(rb"""\btable:name=(?:"([^"]*)"|'([^']*)')""")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="([0-9]+)"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="([0-9]+)"')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_CURRENCY = re.compile(rb'office:currency="([^"]{1,3})"')
_ERROR_TEXT = re.compile(rb"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:[0-9]{3}")
_ERROR_TYPE = b'calcext:value-type="error"'
_PERCENTAGE = b'office:value-type="percentage"'
_MOST_ROWS = 1_048_576
_TAIL = 64 * 1024


def scan_open_document(archive: Archive, limits: Limits) -> dict[str, SheetFacts]:
    """The facts of each sheet, by its name.

    Raises:
        UnreadableFileError: ``stray_cell`` where filled cells are repeated beyond the limit, or as ``Archive.pieces``.
    """
    for part in _PARTS:
        archive.part(part)
    tail = b""
    scan = _Scan(limits)
    for piece in archive.pieces(_CONTENT):
        joined = tail + piece
        cut = joined.rfind(b"<table:")
        cut = cut if cut > 0 and len(joined) - cut < _TAIL else len(joined)
        scan.add(joined[:cut])
        tail = joined[cut:]
    scan.add(tail)
    return scan.sheets


class _Scan:
    """Marks the cells that the parser does not give as they are shown, and refuses what it could not hold.

    It holds every cell of a sheet up to the last filled row and column.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: dict[str, SheetFacts] = {}
        self.facts = SheetFacts()
        self.row = self.after_row = 0  # the first of the rows that the current one stands for, and the row behind them
        self.column = 0  # of the next cell
        self.hidden = False

    def add(self, part: bytes) -> None:
        """Look at the sheets, rows and cells that begin in ``part``."""
        for token in _TOKEN.finditer(part):
            sheet, row, cell, text = token.groups()
            if sheet is not None:
                self._begin(sheet)
            elif row is not None:
                self.row, self.column = self.after_row, 0
                self.after_row += _number(_ROWS_REPEATED, row)
                self.hidden = _HIDDEN.search(row) is not None
            else:
                self._cell(cell, text or b"")
        self._refuse()

    def _begin(self, attributes: bytes) -> None:
        self._refuse()
        found = _NAME.search(attributes)
        name = (found.group(1) or found.group(2) or b"") if found else b""
        self.facts = self.sheets.setdefault(html.unescape(name.decode("utf-8", "replace")), SheetFacts())
        self.row = self.after_row = self.column = 0

    def _cell(self, attributes: bytes, text: bytes) -> None:
        first = self.column
        self.column += _number(_COLUMNS_REPEATED, attributes)
        has_formula, has_value = b"table:formula=" in attributes, b"office:value-type=" in attributes
        if not has_formula and not has_value:
            return
        facts = self.facts
        facts.last_row = max(facts.last_row, self.after_row - 1)
        facts.last_column = max(facts.last_column, self.column - 1)
        self._refuse()
        if self.hidden:
            facts.hidden_rows.update(range(self.row, self.after_row))
        if _ERROR_TYPE in attributes or (has_formula and _ERROR_TEXT.fullmatch(text)):
            for place in self._places(first):
                facts.mark_error(place, text.decode("utf-8", "replace") or "#VALUE!")
        elif not has_value:
            for place in self._places(first):
                facts.mark_unvalued(place)
        elif currency := _CURRENCY.search(attributes):
            facts.count_unit(first, currency.group(1).decode("utf-8", "replace"))
        elif _PERCENTAGE in attributes:
            facts.count_unit(first, "%")

    def _places(self, first: int) -> Iterator[Place]:
        return product(range(self.row, self.after_row), range(first, self.column))

    def _refuse(self) -> None:
        rows, columns = self.facts.last_row + 1, self.facts.last_column + 1
        if rows > _MOST_ROWS or rows * columns > self.limits.cells:
            raise UnreadableFileError(
                f"A sheet is filled up to row {rows:,} and column {columns:,}: more than the {self.limits.cells:,} "
                "cells that are read. Delete the unused rows and columns behind the table and save it again.",
                reason="stray_cell",
                row=rows,
                column=columns,
            )


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
