"""What a file holds once its bytes are read: sheets of text cells, nothing interpreted yet."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know of how a file was read; ``row`` is 0-based in its grid, None for the file."""

    code: str
    message: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or the records of one text file.

    ``rows``: every cell as text ('' for empty), rows may differ in length. Numbers of a workbook are written as
    plain decimals with a point (``1234.5``), dates as ISO 8601 (``2025-03-01``), error cells as ``#REF!``.
    ``kinds``: for a workbook one string a row with one character a cell: ``t`` text, ``n`` number, ``d`` date,
    ``b`` boolean, ``e`` error, ``f`` formula without a stored value, space for empty. None for text files,
    where every cell is text.
    """

    rows: list[list[str]]
    sheet: str | None = None
    kinds: list[str] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``file_format`` is what the content is (csv, xlsx, xls, ods), whatever its name says."""

    file_name: str
    file_format: str
    grids: list[Grid]
    encoding: str | None = None
    delimiter: str | None = None
    notes: list[Note] = field(default_factory=list)
