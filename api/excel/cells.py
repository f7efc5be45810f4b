"""Cells of a JSON table become text, as if they had stood in a file: numbers keep the digits they were sent with."""

import re
from collections.abc import Sequence
from decimal import Decimal

from budget_sync.domain.errors import InvalidRequestError

_LONGEST = 32_767  # what a cell of a workbook can hold
_MOST_DIGITS = 60
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes no NUL, UTF-8 no lone surrogate


def cell_texts(row: Sequence[object], position: int) -> list[str]:
    """The cells of one row as text, '' for null; ``position`` (0-based) is for the message.

    Raises:
        InvalidRequestError: a cell is a list or an object, too long, or holds NUL.
    """
    return [_text(cell, position, column) for column, cell in enumerate(row)]


def _text(cell: object, row: int, column: int) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _checked(cell, row, column)
        case bool():
            return "true" if cell else "false"
        case int() if abs(cell) < 10**_MOST_DIGITS:
            return str(cell)
        case Decimal() if abs(cell.adjusted()) < _MOST_DIGITS:
            return format(cell, "f")
    raise InvalidRequestError(f"The cell in row {row}, column {column} is no text or number that a table holds.")


def _checked(text: str, row: int, column: int) -> str:
    if len(text) > _LONGEST or _FORBIDDEN.search(text):
        raise InvalidRequestError(f"The text in row {row}, column {column} is too long, or holds a NUL character.")
    return text
