"""What a file holds once its bytes are read: sheets of text cells, nothing interpreted yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from budget_sync.reading.row_blocks import RowBlocks, are_side_by_side

_FEW_ROWS = 1_000  # of a sheet whose columns are not kept beside its rows


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know of how a file was read.

    ``row`` is 0-based in its grid, None for the file or the whole sheet; ``sheet`` None for a text file.
    """

    code: str
    message: str
    row: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells shown as one: first and last row and column, 0-based, both included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or the records of one text file.

    ``rows``: every cell as text ('' for empty), rows may differ in length; of a large text file they are packed, and
    whoever reads all of them does so by columns or in order. Numbers of a workbook are written as
    plain decimals with a point (``1234.5``), dates as ISO 8601 (``2025-03-01``), error cells as ``#REF!``.
    ``kinds``: for a workbook one string a row with one character a cell: ``t`` text, ``n`` number, ``d`` date,
    ``b`` boolean, ``e`` error, ``f`` formula without a stored value, space for empty. None for text files,
    where every cell is text.

    ``merges``: of a workbook. The text of a merged label is repeated in its cells where it labels what stands
    under or beside it (``fill_merged_labels``), not where it is a title over the whole sheet.
    ``hidden_rows``: 0-based; they are read like the others, a filter may have hidden them.
    ``number_units``: column to the unit that the number format of its cells shows: a currency code (``EUR``), a
    symbol (``£``) or ``%``. A percentage is stored as a fraction: 5 % is ``0.05``.
    """

    rows: list[list[str]] | RowBlocks
    sheet: str | None = None
    kinds: list[str] | None = None
    hidden: bool = False
    merges: list[MergedRange] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    number_units: dict[int, str] = field(default_factory=dict)
    _columns: dict[int, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _column_kinds: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, '' behind the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    @property
    def block_rows(self) -> int:
        """How many rows are looked at together: all of them, or as many as are kept packed together."""
        return self.rows.block_rows if isinstance(self.rows, RowBlocks) else max(len(self.rows), 1)

    def column(self, index: int, first: int = 0, end: int | None = None) -> list[str]:
        """The texts of one column in the rows ``first`` to ``end`` (not included), '' behind the end of a row."""
        end = len(self.rows) if end is None else end
        if isinstance(self.rows, RowBlocks):
            return self.rows.column(index, first, end)
        if len(self.rows) <= _FEW_ROWS:
            return [row[index] if index < len(row) else "" for row in self.rows[first:end]]
        return self._whole_column(index, self.rows)[first:end]

    def cells(self, rows: Sequence[int], column: int) -> list[str]:
        """The texts of one column in these rows, which rise."""
        if isinstance(self.rows, RowBlocks):
            return self.rows.cells(rows, column)
        if are_side_by_side(rows):
            return self.column(column, rows[0], rows[-1] + 1)
        return [self.cell(row, column) for row in rows]

    def _whole_column(self, index: int, rows: list[list[str]]) -> list[str]:
        """Made once: a column of a large sheet is asked for a dozen times."""
        known = self._columns.get(index)
        if known is None:
            known = self._columns[index] = [row[index] if index < len(row) else "" for row in rows]
        return known

    def tuples(self, rows: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """These rows, which rise, with all of their cells."""
        if isinstance(self.rows, RowBlocks):
            return self.rows.tuples(rows)
        return map(tuple, map(self.rows.__getitem__, rows))

    def sample(self, rows: Sequence[int]) -> "Grid":
        """These rows alone, which rise."""
        kinds = None if self.kinds is None else [self.kinds[row] for row in rows]
        return replace(self, rows=[self.rows[row] for row in rows], kinds=kinds, merges=[], hidden_rows=frozenset())

    def kinds_of(self, rows: Sequence[int], column: int) -> str | None:
        """The kind of each of these cells of one column; None where the file has no kinds."""
        if self.kinds is None:
            return None
        if len(self.kinds) <= _FEW_ROWS or not are_side_by_side(rows):
            return "".join(self.kinds[row][column : column + 1] or " " for row in rows)
        known = self._column_kinds.get(column)
        if known is None:
            known = "".join(row[column : column + 1] or " " for row in self.kinds)
            self._column_kinds[column] = known
        return known[rows[0] : rows[-1] + 1]


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``file_format`` is what the content is (csv, tsv, xlsx, xls, ods), whatever its name says."""

    file_name: str
    file_format: str
    grids: list[Grid]
    encoding: str | None = None
    delimiter: str | None = None
    notes: list[Note] = field(default_factory=list)
