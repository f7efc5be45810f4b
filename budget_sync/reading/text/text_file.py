"""The bytes of a CSV, TSV or similar file become a document of one grid of records, blank ones included."""

import io

from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.text.dialect_detection import declared_delimiter, detect_dialect
from budget_sync.reading.text.encoding import DecodedText, decode_text
from budget_sync.reading.text.record_reader import RecordReader


def read_text_document(content: bytes, file_name: str, encoding: str | None = None) -> Document:
    """The document of a text file; its records are numbered as they stand in the file.

    Raises:
        UnreadableFileError: the chosen encoding is unknown or does not fit.
    """
    decoded = decode_text(content, encoding)
    lines = text_lines(decoded.text)
    notes = _encoding_notes(decoded)
    declared = declared_delimiter(lines[0]) if lines else None
    if declared:
        lines[0] = "\n"  # it keeps its number, and is no row
        notes.append(Note("declared_delimiter", f"The file names its delimiter: {declared!r}.", 0))
    dialect = detect_dialect(lines, declared)
    reader = RecordReader(lines, dialect)
    rows = list(reader)
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
