"""The content of an OpenDocument sheet is looked over before the parser opens it.

A cell or row may stand for many ("repeated a million times"); the parser writes them all out where they are filled.
"""

import re

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.archive import Archive

_CONTENT = "content.xml"
_PARTS = ("meta.xml", "settings.xml", "styles.xml", "META-INF/manifest.xml")
_TOKEN = re.compile(rb"<table:table-row\b([^>]*)>|<table:(?:covered-)?table-cell\b([^>]*)>")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="([0-9]+)"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="([0-9]+)"')
_TAIL = 4096


def scan_open_document(archive: Archive, limits: Limits) -> None:
    """Nothing, where the document may be parsed.

    Raises:
        UnreadableFileError: ``stray_cell`` where filled cells are repeated beyond the limit, or as ``Archive.pieces``.
    """
    for part in _PARTS:
        archive.part(part)
    tail = b""
    count = _RepeatedCells(limits)
    for piece in archive.pieces(_CONTENT):
        joined = tail + piece
        cut = joined.rfind(b"<")
        cut = cut if cut > 0 and len(joined) - cut < _TAIL else len(joined)
        count.add(joined[:cut])
        tail = joined[cut:]
    count.add(tail)


class _RepeatedCells:
    """Counts the cells that the parser would hold: up to the last filled row, as wide as the widest."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 0  # up to the current one, its repetitions included
        self.filled_rows = 0
        self.width = 0  # of the current row so far
        self.filled_width = 0

    def add(self, part: bytes) -> None:
        """Count the rows and cells that begin in ``part``."""
        for token in _TOKEN.finditer(part):
            if token.group(2) is None:
                self.rows += _number(_ROWS_REPEATED, token.group(1))
                self.width = 0
            else:
                self._cell(token.group(2))
        self._refuse()

    def _cell(self, attributes: bytes) -> None:
        self.width += _number(_COLUMNS_REPEATED, attributes)
        if b"value-type=" in attributes or b"table:formula=" in attributes:
            self.filled_width = max(self.filled_width, self.width)
            self.filled_rows = self.rows

    def _refuse(self) -> None:
        if self.filled_rows * self.filled_width > self.limits.cells:
            raise UnreadableFileError(
                f"A sheet is filled up to row {self.filled_rows:,} and column {self.filled_width:,}: more than the "
                f"{self.limits.cells:,} cells that are read. Delete the unused rows and columns behind the table and "
                "save it again.",
                reason="stray_cell",
                row=self.filled_rows,
                column=self.filled_width,
            )


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
