"""Lines of a text file become records even where quotes are misplaced.

In: physical lines without their ends, a dialect. Out: one ``Record`` for each record. The strict reader of the
standard library is tried first (``text_file``); this parser takes over where it fails, and for the short sample
of the dialect detection.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from budget_sync.reading.text.dialect import Dialect

_LONGEST_CELL_LINES = 200  # a quoted cell over more lines than this is a stray quote
_LONGEST_SAMPLE_CELL_LINES = 20  # while the width is unknown, nothing can confirm a long cell
_EVERY_FIELD = range(1_000_000)


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

    A record whose width is not the dialect's is read again in other ways (a quoted cell over several lines; a
    quote that is a plain character), and the first way that gives the width wins.
    """
    line = lines[position]
    cells, left_open = split_fields(line, dialect)
    if dialect.quote not in line or not (left_open or (dialect.width and len(cells) != dialect.width)):
        return Record(cells)
    if left_open and (record := _cell_over_lines(lines, position, dialect)):
        return record
    if dialect.width and (mended := _quote_as_text(line, dialect)):
        return Record(mended, repair="a stray quotation mark was kept as text")
    if left_open:
        cells, _ = split_fields(line, dialect, literal=_EVERY_FIELD)
        return Record(cells, repair="a quotation mark that is never closed was kept as text")
    return Record(cells)


def _cell_over_lines(lines: Sequence[str], position: int, dialect: Dialect) -> Record | None:
    """The record when a quoted cell truly goes on over the next lines."""
    reach = _LONGEST_CELL_LINES if dialect.width else _LONGEST_SAMPLE_CELL_LINES
    for last in range(position + 1, min(len(lines), position + reach)):
        if dialect.quote not in lines[last]:
            continue
        cells, left_open = split_fields("\n".join(lines[position : last + 1]), dialect)
        if left_open:
            return None
        if not dialect.width:
            return Record(cells, last + 1 - position) if len(cells) > 1 else None
        if len(cells) != dialect.width or swallows_records(lines[position : last + 1], dialect):
            return None
        return Record(cells, last + 1 - position)
    return None


def swallows_records(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether lines joined by an open quote are records of their own, so that the quote was a stray one."""
    return any(len(split_fields(line, dialect)[0]) == dialect.width for line in lines[1:])


def _quote_as_text(line: str, dialect: Dialect) -> list[str] | None:
    """The line's fields with one misplaced quote as a plain character, if that gives the width."""
    for doubled in (True, False):
        for literal in ((), *((number,) for number in range(dialect.width))):
            if doubled and not literal:
                continue
            cells, left_open = split_fields(line, dialect, literal=literal, doubled=doubled)
            if not left_open and len(cells) == dialect.width:
                return cells
    return None


def split_fields(
    text: str, dialect: Dialect, *, literal: Container[int] = (), doubled: bool = True
) -> tuple[list[str], bool]:
    """The fields of one record, and whether a quote is left open at its end.

    ``literal``: numbers of the fields whose opening quote is a plain character. ``doubled`` False: two quotes
    before a delimiter are a quote as text and a closing one, not an escaped quote.
    """
    if dialect.quote not in text:
        cells = text.split(dialect.delimiter)
        return ([cell.strip(" ") for cell in cells] if dialect.strips_spaces else cells), False
    scanner = _Scanner(text, dialect, doubled=doubled)
    cells = []
    while scanner.position is not None:
        if scanner.at_quote() and len(cells) not in literal:
            cells.append(scanner.quoted())
        else:
            cells.append(scanner.plain())
    return cells, scanner.left_open


class _Scanner:
    """Walks over one record; ``position`` is None once its end is reached."""

    def __init__(self, text: str, dialect: Dialect, *, doubled: bool) -> None:
        self.text, self.dialect, self.doubled = text, dialect, doubled
        self.position: int | None = 0
        self.left_open = False

    def at_quote(self) -> bool:
        """Whether the field begins with a quote, after the one space that people type or the spaces that belong."""
        start = self._start()
        quote = self.dialect.quote
        spaced = start
        if self.dialect.strips_spaces or self.text.startswith(" " + quote, start):
            spaced = self._after_spaces(start)
        if not self.text.startswith(quote, spaced):
            return False
        self.position = spaced
        return True

    def plain(self) -> str:
        """The field up to the next delimiter, as it is written."""
        start = self._start()
        end = self.text.find(self.dialect.delimiter, start)
        cell = self.text[start:] if end < 0 else self.text[start:end]
        self._move(end)
        return cell.strip(" ") if self.dialect.strips_spaces else cell

    def quoted(self) -> str:
        """The field within its quotes; a quote in it that no delimiter follows is text."""
        text, quote, escape = self.text, self.dialect.quote, self.dialect.escape
        pieces: list[str] = []
        at = self._start() + 1
        while at < len(text):
            character = text[at]
            if escape and character == escape and text[at + 1 : at + 2] in (quote, escape):
                pieces.append(text[at + 1])
                at += 2
            elif character != quote:
                pieces.append(character)
                at += 1
            elif self._is_doubled(at):
                pieces.append(quote)
                at += 2
            else:
                end = at + 1 if self.dialect.delimiter.isspace() else self._after_spaces(at + 1)
                if end >= len(text) or text.startswith(self.dialect.delimiter, end):
                    self._move(end if end < len(text) else -1)
                    return "".join(pieces)
                pieces.append(quote)
                at += 1
        self.left_open, self.position = True, None
        return "".join(pieces)

    def _is_doubled(self, at: int) -> bool:
        if not self.text.startswith(self.dialect.quote, at + 1):
            return False
        closes = at + 2 >= len(self.text) or self.text.startswith(self.dialect.delimiter, at + 2)
        return self.doubled or not closes

    def _start(self) -> int:
        assert self.position is not None  # noqa: S101 - the loop ends with None
        return self.position

    def _after_spaces(self, at: int) -> int:
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    def _move(self, delimiter_at: int) -> None:
        self.position = None if delimiter_at < 0 else delimiter_at + len(self.dialect.delimiter)
