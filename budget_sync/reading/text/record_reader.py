"""The records of a text file one after the other, blank ones included.

Lines without a quote are cut at their delimiters, many at once. The strict reader of the standard library reads others
as long as records are as they should be; each one that is not is read by the tolerant parser, with a note.
"""

import csv
from collections import Counter
from collections.abc import Iterator

from budget_sync.reading.document import Note
from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.effort import Effort
from budget_sync.reading.text.mending import other_quote
from budget_sync.reading.text.records import Record, swallows_records, tolerant_record
from budget_sync.reading.text.text_lines import TextLines

csv.field_size_limit(2**31 - 1)
_EFFORT_PER_LINE = 300  # characters
_LEAST_EFFORT = 3_000_000
_MOST_READ_AHEAD = 10
_AT_ONCE = 2_000  # lines
_NOTES_KEPT = 100  # of each kind; a file of another dialect than detected would bear one a row


class RecordReader:
    """Iterates once over the records of ``lines`` (with their ends); ``notes`` tells what was mended so far."""

    def __init__(self, lines: TextLines, dialect: Dialect) -> None:
        self.lines, self.dialect = lines, dialect
        self.notes: list[Note] = []
        self._noted: Counter[str] = Counter()
        self._position = 0  # of the next physical line
        self._row = 0  # number of the next record
        self._other_quote = other_quote(dialect)
        self._effort = Effort(_EFFORT_PER_LINE * len(lines) + _LEAST_EFFORT)
        self._read_ahead = 0  # lines that the strict reader read and gave up

    def __iter__(self) -> Iterator[list[str]]:
        until = 0  # where the lines end that were not plain when they were looked at together
        while self._position < len(self.lines):
            plain = self._plain_records() if self._position >= until else []
            yield from plain
            self._position += len(plain)
            self._row += len(plain)
            if plain:
                continue
            if self._position >= until:
                until = min(self._position + _AT_ONCE, len(self.lines))
            for cells in self._strict_records(until):
                yield cells
                self._row += 1
            if self._position < until:
                record = tolerant_record(self.lines, self._position, self.dialect, self._effort)
                self._position += record.lines
                yield self._fitted(record)
                self._row += 1
        self._note_the_rest()

    def _plain_records(self) -> list[list[str]]:
        """The records of the next lines where each line is one and none has a quote; else none."""
        dialect = self.dialect
        if len(dialect.delimiter) > 1 or dialect.escape or dialect.strips_spaces or dialect.width <= 1:
            return []
        text = self.lines.text_of(self._position, self._position + _AT_ONCE)
        if dialect.quote in text or text.startswith(self._other_quote) or f"\n{self._other_quote}" in text:
            return []
        records = [line.split(dialect.delimiter) for line in text.split("\n")]
        return records if set(map(len, records)) == {dialect.width} else []

    def _strict_records(self, until: int) -> Iterator[list[str]]:
        """Records up to the first that the strict reader does not get right, or that reaches the line ``until``."""
        dialect = self.dialect
        if len(dialect.delimiter) > 1 or dialect.escape or self._read_ahead > _MOST_READ_AHEAD * len(self.lines):
            return
        width, first = dialect.width, self._position
        records = csv.reader(
            self.lines.from_line(first),
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            skipinitialspace=dialect.strips_spaces,
            strict=True,
        )
        try:
            for cells in records:
                end = first + records.line_num
                if cells and (len(cells) != width or cells[0].startswith(self._other_quote)):
                    return
                if end - self._position > 1 and swallows_records(self.lines[self._position : end], dialect):
                    return
                self._position = end
                yield cells
                if end >= until:
                    return
        except csv.Error:
            return
        finally:
            self._read_ahead += first + records.line_num - self._position

    def _fitted(self, record: Record) -> list[str]:
        """The fields of a record that was not as it should be, with a note where a person should look."""
        cells, width, row = record.cells, self.dialect.width, self._row
        if not any(cell.strip() for cell in cells) and len(cells) <= 1:
            return []
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if record.repair:
            self._note("row_repaired", f"Row {row + 1}: {record.repair}.")
        elif len(cells) > width or 1 < len(cells) < width:
            self._note("row_width", f"Row {row + 1} has {len(cells)} fields where most have {width}.")
        return cells

    def _note(self, code: str, message: str) -> None:
        self._noted[code] += 1
        if self._noted[code] <= _NOTES_KEPT:
            self.notes.append(Note(code, message, self._row))

    def _note_the_rest(self) -> None:
        for code, count in self._noted.items():
            if count > _NOTES_KEPT:
                self.notes.append(Note(code, f"{count - _NOTES_KEPT:,} more rows were like these."))
