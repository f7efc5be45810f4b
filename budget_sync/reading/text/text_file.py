"""Text of a CSV, TSV or similar file becomes a grid of records, blank ones included.

The strict reader of the standard library reads as long as records are as they should be; each one that is not
is read by the tolerant parser, with a note, and the strict reader goes on behind it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.dialect_detection import SAMPLE_LINES, declared_delimiter, detect_dialect
from budget_sync.reading.text.encoding import decode_text
from budget_sync.reading.text.records import Record, swallows_records, tolerant_record

csv.field_size_limit(2**31 - 1)


def read_text_document(content: bytes, file_name: str, encoding: str | None = None) -> Document:
    """The document of a text file."""
    decoded = decode_text(content, encoding)
    text = unify_line_ends(decoded.text)
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    declared = declared_delimiter(lines[0]) if lines else None
    body = ["", *lines[1:]] if declared else lines
    dialect = detect_dialect(body[: SAMPLE_LINES + 1], declared)
    reader = RecordReader(body, dialect)
    rows = list(reader)
    return Document(
        file_name=file_name,
        file_format="tsv" if dialect.delimiter == "\t" else "csv",
        grids=[Grid(rows)],
        encoding=decoded.encoding,
        delimiter=dialect.delimiter,
        notes=reader.notes,
    )


def unify_line_ends(text: str) -> str:
    r"""Every line end as ``\n``: CRLF, a lone CR, and the CR CR LF of a file converted twice. NULs are dropped."""
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return text


@dataclass(slots=True)
class RecordReader:
    """Iterates over the records of a file's lines, collecting notes on what was mended."""

    lines: list[str]
    dialect: Dialect
    notes: list[Note] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[str]]:
        position = row = 0
        while position < len(self.lines):
            for record in self._strict_records(position):
                yield record.cells
                position += record.lines
                row += 1
            if position < len(self.lines):
                record = tolerant_record(self.lines, position, self.dialect)
                yield self._fitted(record, row)
                position += record.lines
                row += 1

    def _strict_records(self, position: int) -> Iterator[Record]:
        """Records from ``position`` on, up to the first that the strict reader does not get right."""
        dialect = self.dialect
        if len(dialect.delimiter) > 1 or dialect.escape:
            return
        reader = csv.reader(
            (line + "\n" for line in self.lines[position:]) if position else (line + "\n" for line in self.lines),
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            skipinitialspace=dialect.strips_spaces,
            strict=True,
        )
        seen = 0
        try:
            for cells in reader:
                used = reader.line_num - seen
                if cells and len(cells) != dialect.width:
                    return
                start = position + seen
                if used > 1 and swallows_records(self.lines[start : start + used], dialect):
                    return
                yield Record(cells, used)
                seen = reader.line_num
        except csv.Error:
            return

    def _fitted(self, record: Record, row: int) -> list[str]:
        cells, width = record.cells, self.dialect.width
        if not any(cell.strip() for cell in cells) and len(cells) <= 1:
            return []
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if record.repair:
            self.notes.append(Note("row_repaired", f"Row {row + 1}: {record.repair}.", row))
        elif len(cells) != width:
            self.notes.append(Note("row_width", f"Row {row + 1} has {len(cells)} fields where most have {width}.", row))
        return cells
