"""A line that does not give the width of its file is read in other ways.

In: the line, the dialect, the effort that is left. Out: the first reading that gives the width, or None.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.effort import Effort
from budget_sync.reading.text.fields import split_fields

FEWEST_FIELDS = 3  # in prose, two other delimiters are chance, as are two fields of a line
_OTHER_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 60
_OTHER_QUOTE = "its cells are enclosed in another quotation mark than those of the other rows"


@dataclass(frozen=True, slots=True)
class Mended:
    """The fields of a mended line; ``repair`` says what was done, None for nothing that a person should know."""

    cells: list[str]
    repair: str | None = None


def mended(line: str, fields: int, dialect: Dialect, effort: Effort) -> Mended | None:
    """The line read in another way; ``fields`` is how many the plain way gave."""
    if cells := other_escape(line, dialect):
        return Mended(cells)
    if dialect.quote in line and (cells := _quote_as_text(line, dialect, effort)):
        return Mended(cells, "a stray quotation mark was kept as text")
    if cells := _with_other_quote(line, dialect):
        return Mended(cells, _OTHER_QUOTE)
    if fields < dialect.width and (cells := _with_other_delimiter(line, dialect)):
        return Mended(cells, "its cells are separated by another delimiter than those of the other rows")
    return None


def other_quote(dialect: Dialect) -> str:
    """The quotation mark that the dialect does not use."""
    return "'" if dialect.quote == '"' else '"'


def without_other_quote(cells: list[str], dialect: Dialect) -> Mended:
    """The fields without the other quotation mark where all the filled ones are enclosed in it."""
    quote = other_quote(dialect)
    filled = [cell for cell in cells if cell]
    enclosed = all(len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote) for cell in filled)
    if not dialect.width or len(filled) <= 1 or not enclosed:
        return Mended(cells)
    return Mended([cell[1:-1].replace(quote * 2, quote) for cell in cells], _OTHER_QUOTE)


def other_escape(line: str, dialect: Dialect) -> list[str] | None:
    """The line's fields with a backslash before a quote as an escape, or, where the file has such, as text."""
    if not dialect.width or "\\" + dialect.quote not in line:
        return None
    cells, left_open = split_fields(line, replace(dialect, escape=None if dialect.escape else "\\"))
    return cells if len(cells) == dialect.width and not left_open else None


def _quote_as_text(line: str, dialect: Dialect, effort: Effort) -> list[str] | None:
    """The line's fields with one misplaced quote as a plain character."""
    for doubled, literal in _ways(dialect.width):
        if not effort.spend(len(line)):
            return None
        cells, left_open = split_fields(line, dialect, literal=literal, doubled=doubled)
        if not left_open and len(cells) == dialect.width:
            return cells
    return None


def _ways(width: int) -> Iterator[tuple[bool, tuple[int, ...]]]:
    """Readings of a quote: whether two are one as text, and the field whose opening quote is a plain character."""
    yield False, ()
    for doubled in (True, False):
        for place in range(width):
            yield doubled, (place,)


def _with_other_quote(line: str, dialect: Dialect) -> list[str] | None:
    quote = other_quote(dialect)
    if line.count(quote) <= 1:
        return None
    cells, left_open = split_fields(line, replace(dialect, quote=quote))
    return cells if len(cells) == dialect.width and not left_open else None


def _with_other_delimiter(line: str, dialect: Dialect) -> list[str] | None:
    if dialect.width < FEWEST_FIELDS:
        return None
    for delimiter in _OTHER_DELIMITERS:
        if delimiter == dialect.delimiter or line.count(delimiter) < dialect.width - 1:
            continue
        cells, left_open = split_fields(line, replace(dialect, delimiter=delimiter))
        prose = any(cell.startswith(" ") or len(cell) > _LONGEST_FIELD for cell in cells[1:-1])
        if len(cells) == dialect.width and not left_open and not prose:
            return cells
    return None
