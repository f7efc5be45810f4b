"""One character a cell says what it holds, whatever the file format: the raw material of every decision.

In: the text of a cell, and the workbook's own mark where there is one. Out: one of the marks below.
"""

import re

from budget_sync.domain.amount_text import is_amount_like, is_nil
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.short_texts import remembers
from budget_sync.domain.vocabulary import currencies, find_scale
from budget_sync.reading.document import Grid

EMPTY, NUMBER, TEXT, DATE, NIL, PERCENT, ERROR = " ", "n", "t", "d", "-", "%", "e"

_PLAIN = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:[T ][0-9:.+Z-]+)?"
    r"|(?:19|20)[0-9]{2}(?P<sign>[/.-])(?:0?[1-9]|1[0-2])(?P=sign)(?:0?[1-9]|[12][0-9]|3[01])(?:[T ][0-9:.]+)?"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?:[T ][0-9]{1,2}:[0-9:.]+(?: ?[AaPp]\.? ?[Mm]\.?)?)?"
)
_PERCENT = re.compile(r"[-+(]?[0-9]+(?:[.,][0-9]+)?\)?\s*%")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")
_DRAWN = " \t\n\r\u00a0|"  # space, and the strokes of a table drawn with signs
_LARGEST_SHARE = 10  # 1,000 %
_NOT_NOUGHT = re.compile(r"[1-9.]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WORKBOOK_MARKS = {"n": NUMBER, "d": DATE, "b": TEXT, "e": ERROR, "f": EMPTY}


@remembers(65_536)
def mark_of(text: str) -> str:
    """The mark of a text cell, by what it looks like."""
    stripped = text.strip(_DRAWN)
    if _PLAIN.fullmatch(stripped):
        return NUMBER
    if not stripped:
        return EMPTY
    if is_nil(stripped):
        return TEXT if _is_currency_name(stripped) else NIL
    if is_amount_like(stripped):
        if _names_scale(stripped):
            return TEXT
        return DATE if _DATE.fullmatch(stripped) else NUMBER
    patterns = ((_PERCENT, PERCENT), (_DATE, DATE), (_ERROR, ERROR))
    return next((mark for pattern, mark in patterns if pattern.fullmatch(stripped)), TEXT)


def _is_currency_name(text: str) -> bool:
    """``USD`` alone in a cell names a currency; ``$`` alone says that there is no amount."""
    return text.isalpha() and text.casefold() in currencies().code_of


def _names_scale(text: str) -> bool:
    """``$000`` alone in a cell says how much the amounts are multiplied by, and is none."""
    return "000" in text and not _NOT_NOUGHT.search(text) and find_scale(text) is not None


def row_marks(grid: Grid, row: int, width: int) -> str:
    """The marks of one row, as wide as the table."""
    cells = grid.rows[row]
    if grid.kinds is None:
        return "".join(map(mark_of, cells[:width])).ljust(width)
    marks = "".join(
        _WORKBOOK_MARKS.get(kind) or mark_of(cell) for kind, cell in zip(grid.kinds[row], cells[:width], strict=False)
    )
    if "%" in grid.number_units.values():
        marks = "".join(
            PERCENT if grid.number_units.get(column) == "%" and mark == NUMBER and _is_share(cell) else mark
            for column, (mark, cell) in enumerate(zip(marks, grid.rows[row], strict=False))
        )
    return marks.ljust(width)


def _is_share(cell: str) -> bool:
    """A percentage is stored as a fraction; one such cell in a column of amounts makes no percentages of the others."""
    return 0 < abs(float(cell)) <= _LARGEST_SHARE


def is_year(text: str) -> bool:
    """Whether the cell is a bare year of our time."""
    return _YEAR.fullmatch(text.strip()) is not None


@remembers(16_384)
def is_period(text: str) -> bool:
    """Whether the whole cell is a period in words or digits (a bare number only as a year)."""
    stripped = text.strip()
    return bool(stripped) and parse_period(stripped) is not None
