"""The bytes of a CSV, TSV or similar file become a document of one grid of records, blank ones included."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.domain.formula_text import may_hold_guards, unguard_formula
from budget_sync.reading.cell_limit import held_text
from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.limits import DEFAULT_LIMITS, Limits
from budget_sync.reading.row_blocks import RowBlocks
from budget_sync.reading.text.dialect_detection import declared_delimiter, detect_dialect
from budget_sync.reading.text.encoding import LOST, DecodedText, decode_text
from budget_sync.reading.text.record_reader import RecordReader
from budget_sync.reading.text.text_lines import TextLines
from budget_sync.reading.text.wrapped_rows import without_wrapping

_NOTES_KEPT = 100


def read_text_document(
    content: bytes, file_name: str, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The document of a text file; its records are numbered as they stand in the file.

    Raises:
        UnreadableFileError: the chosen encoding is unknown or does not fit, or the file has too many lines.
    """
    decoded = decode_text(content, encoding)
    unwrapped = without_wrapping(decoded.text)
    decoded = decoded if unwrapped is None else replace(decoded, text=unwrapped)
    guarded = may_hold_guards(decoded.text)
    lines = TextLines(decoded.text)
    notes = _encoding_notes(decoded, lines)
    if unwrapped is not None:
        notes.append(Note("wrapped_rows", "Each row stood in quotation marks as one cell; its cells are read from it."))
    decoded = replace(decoded, text="")  # a large file is held once as text, by its lines
    _refuse_too_many(len(lines), limits.lines)
    declared = declared_delimiter(lines[0]) if lines else None
    if declared:
        lines = lines.without_first()  # it keeps its number, and is no row
        notes.append(Note("declared_delimiter", f"The file names its delimiter: {declared!r}.", 0))
    dialect = detect_dialect(lines, declared)
    reader = RecordReader(lines, dialect)
    cuts: list[Note] = []
    records: Iterable[list[str]] = reader
    if guarded:
        records = ([unguard_formula(cell) for cell in row] for row in records)
    if lines.may_hold_cells_of(limits.cell, dialect.quote):
        records = _with_cells_cut(records, limits.cell, cuts)
    rows = RowBlocks(records, limits.block_rows) if len(lines) > limits.block_rows else list(records)
    return Document(
        file_name=file_name,
        file_format="tsv" if dialect.delimiter == "\t" else "csv",
        grids=[Grid(rows)],
        encoding=decoded.encoding,
        delimiter=dialect.delimiter,
        notes=notes + cuts[:_NOTES_KEPT] + reader.notes,
    )


def _encoding_notes(decoded: DecodedText, lines: TextLines) -> list[Note]:
    notes = []
    if decoded.twice:
        notes.append(Note("written_twice", "The text was encoded as UTF-8 twice; it is read as it was before."))
    if decoded.stray_bytes:
        message = f"{decoded.stray_bytes} bytes do not fit the encoding {decoded.encoding}; they were read as cp1252."
        notes.append(Note("stray_bytes", message))
    if lost := decoded.lost_characters:
        first = next((number for number, line in enumerate(lines, start=1) if LOST in line), len(lines))
        message = (
            f"{lost} {'character' if lost == 1 else 'characters'}, the first in line {first}, cannot be read as "
            f"{decoded.encoding} and {'stands' if lost == 1 else 'stand'} as '{LOST}'. Save the file as UTF-8 where it "
            "was made."
        )
        notes.append(Note("lost_characters", message))
    return notes


def _refuse_too_many(lines: int, most: int) -> None:
    if lines > most:
        raise UnreadableFileError(
            f"The file has {lines:,} lines; at most {most:,} are read. Leave out what is no budget, or split it.",
            reason="too_large",
        )


def _with_cells_cut(rows: Iterable[list[str]], most: int, notes: list[Note]) -> Iterator[list[str]]:
    """The rows with what no cell of a workbook could hold cut short, and a note on each of them."""
    for number, row in enumerate(rows):
        if len(max(row, key=len, default="")) <= most:
            yield row
            continue
        yield [held_text(cell, most) for cell in row]
        notes.append(Note("cell_cut", f"Row {number + 1} has a cell of more than {most:,} characters.", number))
