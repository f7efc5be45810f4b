r"""Lines of a text file become records even where quotes or delimiters are misplaced.

In: physical lines with their ends (``\n``), a dialect. Out: one ``Record`` for each record. The strict reader of
the standard library is tried first (``record_reader``); this takes over where it fails, and reads the short sample
of the dialect detection.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.effort import Effort
from budget_sync.reading.text.fields import split_fields
from budget_sync.reading.text.mending import FEWEST_FIELDS, mended, other_escape, without_other_quote

_LONGEST_CELL_LINES = 200  # a quoted cell over more lines than this is a stray quote
_LONGEST_SAMPLE_CELL_LINES = 60  # while the width is unknown, nothing can confirm a long cell
_EVERY_FIELD = range(1_000_000)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the fields, and how many physical lines it took. ``repair`` says what had to be mended."""

    cells: list[str]
    lines: int = 1
    repair: str | None = None


def tolerant_records(lines: Sequence[str], dialect: Dialect, effort: Effort) -> Iterator[Record]:
    """Every record of ``lines``, mended where quotes do not fit."""
    position = 0
    while position < len(lines):
        record = tolerant_record(lines, position, dialect, effort)
        yield record
        position += record.lines


def tolerant_record(lines: Sequence[str], position: int, dialect: Dialect, effort: Effort) -> Record:
    """The record that begins at ``lines[position]``.

    A record whose width is not the dialect's is read again in other ways (a quoted cell over several lines, a
    quote that is a plain character, another quote or delimiter), and the first way that gives the width wins.
    """
    line = lines[position].removesuffix("\n")
    cells, left_open = split_fields(line, dialect)
    if not dialect.escape and (escaped := other_escape(line, dialect)):
        return Record(escaped)
    if not left_open and (not dialect.width or _fits(cells, dialect)):
        found = without_other_quote(cells, dialect)
        return Record(found.cells, repair=found.repair)
    if left_open and (record := _cell_over_lines(lines, position, dialect, effort)):
        return record
    if dialect.width and (other := mended(line, len(cells), dialect, effort)):
        return Record(other.cells, repair=other.repair)
    if left_open:
        cells, _ = split_fields(line, dialect, literal=_EVERY_FIELD)
        return Record(cells, repair="a quotation mark that is never closed was kept as text")
    return Record(cells)


def swallows_records(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether lines joined by an open quote are records of their own, so that the quote was a stray one.

    A line of a true cell over several lines is prose; that it splits into just as many fields is chance, and less
    likely the more fields there are.
    """
    if dialect.width < FEWEST_FIELDS:
        later = lines[1:-1]
        return any(line.count(dialect.quote) % 2 == 0 and _is_record(line, dialect) for line in later)
    return any(_is_record(line, dialect) for line in lines[1:])


def _is_record(line: str, dialect: Dialect) -> bool:
    return len(split_fields(line.removesuffix("\n"), dialect)[0]) == dialect.width


def _fits(cells: list[str], dialect: Dialect) -> bool:
    """Whether the record has the width, delimiters behind its last column aside."""
    width = dialect.width
    return len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:]))


def _cell_over_lines(lines: Sequence[str], position: int, dialect: Dialect, effort: Effort) -> Record | None:
    """The record when a quoted cell truly goes on over the next lines."""
    reach = _LONGEST_CELL_LINES if dialect.width else _LONGEST_SAMPLE_CELL_LINES
    closing = re.compile(f"{re.escape(dialect.quote)} *({re.escape(dialect.delimiter)}|$)")
    for last in range(position + 1, min(len(lines), position + reach)):
        if not closing.search(lines[last]):
            continue
        joined = lines[position : last + 1]
        text = "".join(joined).removesuffix("\n")
        if not effort.spend(len(text)):
            return None
        cells, left_open = split_fields(text, dialect)
        if left_open:
            continue
        true_cell = len(cells) > 1
        if dialect.width:
            true_cell = _fits(cells, dialect) and not swallows_records(joined, dialect)
        return Record(cells, len(joined)) if true_cell else None
    return None
