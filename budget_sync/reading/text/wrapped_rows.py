"""Rows that were saved as one cell each, in quotation marks, with all their delimiters: ``"2026,""Office"",100"``.

In: the text of a file. Out: the text with the rows as they were before, None where the rows are no such cells.
"""

import csv
from collections import Counter
from collections.abc import Sequence

_QUOTE = '"'
_DELIMITERS = ",;\t|"
_SAMPLE = 200
_NEARLY_ALL = 0.9
_LEAST_CELLS, _LEAST_ROWS = 3, 2


def without_wrapping(text: str) -> str | None:
    """The header may stand as it should; every other row is one cell, and all hold as many within."""
    head = text[: _SAMPLE * 2_000].splitlines()[:_SAMPLE]
    filled = [line for line in head if line.strip()]
    inside = [cell for line in filled[1:] if (cell := _inside(line)) is not None]
    if len(inside) < max(_LEAST_ROWS, _NEARLY_ALL * (len(filled) - 1)) or not any(_widths(inside)):
        return None
    lines = text.splitlines()
    return "\n".join(line if (cell := _inside(line)) is None else cell for line in lines) + "\n"


def _inside(line: str) -> str | None:
    """What stands in the quotation marks around a whole line."""
    stripped = line.strip()
    within = stripped[1:-1].replace(_QUOTE * 2, "")
    if len(stripped) <= 1 or not stripped.startswith(_QUOTE) or not stripped.endswith(_QUOTE) or _QUOTE in within:
        return None
    return stripped[1:-1].replace(_QUOTE * 2, _QUOTE)


def _widths(cells: Sequence[str]) -> list[int]:
    """By delimiter, into how many cells nearly all of them part; nought for no such number."""
    return [_width(cells, delimiter) for delimiter in _DELIMITERS]


def _width(cells: Sequence[str], delimiter: str) -> int:
    counts = Counter(len(row) for row in csv.reader(cells, delimiter=delimiter))
    width, rows = counts.most_common(1)[0]
    return width if width >= _LEAST_CELLS and rows >= _NEARLY_ALL * len(cells) else 0
