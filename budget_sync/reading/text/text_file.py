"""The bytes of a CSV, TSV or similar file become a document of one grid of records, blank ones included."""

import io
from collections.abc import Sequence

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.domain.formula_text import may_hold_guards, unguard_formula
from budget_sync.reading.cell_limit import held_text
from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.limits import DEFAULT_LIMITS, Limits
from budget_sync.reading.text.dialect_detection import declared_delimiter, detect_dialect
from budget_sync.reading.text.encoding import DecodedText, decode_text
from budget_sync.reading.text.record_reader import RecordReader

_NOTES_KEPT = 100


def read_text_document(
    content: bytes, file_name: str, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The document of a text file; its records are numbered as they stand in the file.

    Raises:
        UnreadableFileError: the chosen encoding is unknown or does not fit, or the file has too many lines.
    """
    decoded = decode_text(content, encoding)
    lines = text_lines(decoded.text)
    _refuse_too_many(len(lines), limits.lines)
    notes = _encoding_notes(decoded)
    declared = declared_delimiter(lines[0]) if lines else None
    if declared:
        lines[0] = "\n"  # it keeps its number, and is no row
        notes.append(Note("declared_delimiter", f"The file names its delimiter: {declared!r}.", 0))
    dialect = detect_dialect(lines, declared)
    reader = RecordReader(lines, dialect)
    rows = list(reader)
    if may_hold_guards(decoded.text):
        rows = [[unguard_formula(cell) for cell in row] for row in rows]
    if len(rows) < len(lines) or len(max(lines, key=len, default="")) > limits.cell:
        notes += _cut_long_cells(rows, limits.cell)
    return Document(
        file_name=file_name,
        file_format="tsv" if dialect.delimiter == "\t" else "csv",
        grids=[Grid(rows)],
        encoding=decoded.encoding,
        delimiter=dialect.delimiter,
        notes=notes + reader.notes,
    )


def text_lines(text: str) -> list[str]:
    r"""The physical lines, each with ``\n`` as its end, blank ones behind the last filled one left out.

    Line ends may be LF, CRLF, a lone CR, or the CR CR LF of a file converted twice. NULs are dropped.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    lines = io.StringIO(text, newline="\n").readlines()
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _encoding_notes(decoded: DecodedText) -> list[Note]:
    if not decoded.stray_bytes:
        return []
    message = f"{decoded.stray_bytes} bytes do not fit the encoding {decoded.encoding}; they were read as cp1252."
    return [Note("stray_bytes", message)]


def _refuse_too_many(lines: int, most: int) -> None:
    if lines > most:
        raise UnreadableFileError(
            f"The file has {lines:,} lines; at most {most:,} are read. Leave out what is no budget, or split it.",
            reason="too_large",
        )


def _cut_long_cells(rows: Sequence[list[str]], most: int) -> list[Note]:
    """Cut in place what no cell of a workbook could hold, with a note on each row."""
    notes = []
    for number, row in enumerate(rows):
        if len(max(row, key=len, default="")) > most:
            row[:] = [held_text(cell, most) for cell in row]
            notes.append(Note("cell_cut", f"Row {number + 1} has a cell of more than {most:,} characters.", number))
    return notes[:_NOTES_KEPT]
