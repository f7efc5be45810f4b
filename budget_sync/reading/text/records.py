r"""Lines of a text file become records even where quotes or delimiters are misplaced.

In: physical lines with their ends (``\\n``), a dialect. Out: one ``Record`` for each record. The strict reader of
the standard library is tried first (``record_reader``); this takes over where it fails, and reads the short sample
of the dialect detection.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.fields import split_fields

_LONGEST_CELL_LINES = 200  # a quoted cell over more lines than this is a stray quote
_LONGEST_SAMPLE_CELL_LINES = 20  # while the width is unknown, nothing can confirm a long cell
_EVERY_FIELD = range(1_000_000)
_OTHER_DELIMITERS = ",;\t|"
_FEWEST_FIELDS = 3  # in prose, two other delimiters are chance
_LONGEST_FIELD = 60
_OTHER_QUOTE = "its cells are enclosed in another quotation mark than those of the other rows"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the fields, and how many physical lines it took. ``repair`` says what had to be mended."""

    cells: list[str]
    lines: int = 1
    repair: str | None = None


def tolerant_records(lines: Sequence[str], dialect: Dialect) -> Iterator[Record]:
    """Every record of ``lines``, mended where quotes do not fit."""
    position = 0
    while position < len(lines):
        record = tolerant_record(lines, position, dialect)
        yield record
        position += record.lines


def tolerant_record(lines: Sequence[str], position: int, dialect: Dialect) -> Record:
    """The record that begins at ``lines[position]``.

    A record whose width is not the dialect's is read again in other ways (a quoted cell over several lines, a
    quote that is a plain character, another quote or delimiter), and the first way that gives the width wins.
    """
    line = lines[position].removesuffix("\n")
    cells, left_open = split_fields(line, dialect)
    if dialect.width and not dialect.escape and (escaped := _other_escape(line, dialect)):
        return Record(escaped)
    if not left_open and (not dialect.width or len(cells) == dialect.width):
        return _without_other_quote(cells, dialect)
    if left_open and (record := _cell_over_lines(lines, position, dialect)):
        return record
    if dialect.width and (mended := _mended(line, cells, dialect)):
        return mended
    if left_open:
        cells, _ = split_fields(line, dialect, literal=_EVERY_FIELD)
        return Record(cells, repair="a quotation mark that is never closed was kept as text")
    return Record(cells)


def swallows_records(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether lines joined by an open quote are records of their own, so that the quote was a stray one.

    A line of a true cell over several lines is prose; that it splits into just as many fields is chance, and less
    likely the more fields there are.
    """
    if dialect.width < _FEWEST_FIELDS:
        later = lines[1:-1]
        return any(line.count(dialect.quote) % 2 == 0 and _is_record(line, dialect) for line in later)
    return any(_is_record(line, dialect) for line in lines[1:])


def _is_record(line: str, dialect: Dialect) -> bool:
    return len(split_fields(line.removesuffix("\n"), dialect)[0]) == dialect.width


def _cell_over_lines(lines: Sequence[str], position: int, dialect: Dialect) -> Record | None:
    """The record when a quoted cell truly goes on over the next lines."""
    reach = _LONGEST_CELL_LINES if dialect.width else _LONGEST_SAMPLE_CELL_LINES
    closing = re.compile(f"{re.escape(dialect.quote)} *({re.escape(dialect.delimiter)}|$)")
    for last in range(position + 1, min(len(lines), position + reach)):
        if not closing.search(lines[last]):
            continue
        joined = lines[position : last + 1]
        cells, left_open = split_fields("".join(joined).removesuffix("\n"), dialect)
        if left_open:
            continue
        fits = len(cells) == dialect.width if dialect.width else len(cells) > 1
        return (
            Record(cells, len(joined)) if fits and not (dialect.width and swallows_records(joined, dialect)) else None
        )
    return None


def _mended(line: str, cells: list[str], dialect: Dialect) -> Record | None:
    """The record of a line that gives the width when it is read in another way."""
    if mended := _other_escape(line, dialect):
        return Record(mended)
    if dialect.quote in line and (mended := _quote_as_text(line, dialect)):
        return Record(mended, repair="a stray quotation mark was kept as text")
    if mended := _other_quote(line, dialect):
        return Record(mended, repair=_OTHER_QUOTE)
    if len(cells) < dialect.width and (mended := _other_delimiter(line, dialect)):
        return Record(mended, repair="its cells are separated by another delimiter than those of the other rows")
    return None


def _other_escape(line: str, dialect: Dialect) -> list[str] | None:
    """The line's fields with a backslash before a quote as an escape, or, where the file has such, as text."""
    if "\\" + dialect.quote not in line:
        return None
    cells, left_open = split_fields(line, replace(dialect, escape=None if dialect.escape else "\\"))
    return cells if len(cells) == dialect.width and not left_open else None


def _quote_as_text(line: str, dialect: Dialect) -> list[str] | None:
    """The line's fields with one misplaced quote as a plain character, if that gives the width."""
    ways = [(False, ()), *((doubled, (place,)) for doubled in (True, False) for place in range(dialect.width))]
    for doubled, literal in ways:
        cells, left_open = split_fields(line, dialect, literal=literal, doubled=doubled)
        if not left_open and len(cells) == dialect.width:
            return cells
    return None


def other_quote(dialect: Dialect) -> str:
    """The quotation mark that the dialect does not use."""
    return "'" if dialect.quote == '"' else '"'


def _without_other_quote(cells: list[str], dialect: Dialect) -> Record:
    """The record without the other quotation mark where all its filled cells are enclosed in it."""
    quote = other_quote(dialect)
    filled = [cell for cell in cells if cell]
    enclosed = all(len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote) for cell in filled)
    if not dialect.width or len(filled) <= 1 or not enclosed:
        return Record(cells)
    return Record([cell[1:-1].replace(quote * 2, quote) for cell in cells], repair=_OTHER_QUOTE)


def _other_quote(line: str, dialect: Dialect) -> list[str] | None:
    quote = other_quote(dialect)
    if line.count(quote) <= 1:
        return None
    cells, left_open = split_fields(line, replace(dialect, quote=quote))
    return cells if len(cells) == dialect.width and not left_open else None


def _other_delimiter(line: str, dialect: Dialect) -> list[str] | None:
    if dialect.width < _FEWEST_FIELDS:
        return None
    for delimiter in _OTHER_DELIMITERS:
        if delimiter == dialect.delimiter or line.count(delimiter) < dialect.width - 1:
            continue
        cells, left_open = split_fields(line, replace(dialect, delimiter=delimiter))
        prose = any(cell.startswith(" ") or len(cell) > _LONGEST_FIELD for cell in cells[1:-1])
        if len(cells) == dialect.width and not left_open and not prose:
            return cells
    return None
