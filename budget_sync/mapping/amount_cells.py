"""The cells of the chosen amount columns: how each column writes its numbers, and what every cell is worth.

In: the reading of a sheet. Out: the number style of each column, by all its cells, and ``AmountCells``. Of a file that
is kept packed the cells are parsed again whenever they are asked for: a million exact numbers take 100 MB a column.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, islice
from typing import overload

from budget_sync.domain.amount_text import NumberStyle, detect_style, parse_amounts
from budget_sync.mapping.sheet import SheetReading
from budget_sync.reading.document import Grid
from budget_sync.reading.row_blocks import RowBlocks
from budget_sync.reading.structure.rows import AmountCells

_NUMBER = "n"
_HINT_SAMPLE = 300
_HALF = 0.5
_KEPT = 24  # blocks of parsed amounts of all columns together, 6 MB each


def amount_cells(
    reading: SheetReading, decimal_sign: str | None = None
) -> tuple[dict[int, NumberStyle], list[AmountCells]]:
    """The number style of each chosen column and its parsed cells, one a row of the grid.

    ``decimal_sign`` decides where the cells leave it open.
    """
    grid, above, repeats = reading.grid, reading.header.body, reading.header.repeats
    indexes = [one.column.index for one in reading.amounts.chosen]
    together = detect_style(
        [cell for index in indexes for cell in islice(_written(grid, index, above, repeats), _HINT_SAMPLE)]
    )
    if together.ambiguous and _is_borne_out(together, reading):
        together = replace(together, ambiguous=False)
    if decimal_sign is not None:
        together = NumberStyle(decimal_sign)
    styles = {index: detect_style(_written(grid, index, above, repeats), together) for index in indexes}
    kept = max(1, _KEPT // max(1, len(indexes)))
    return styles, [AmountCells(index, _values(grid, index, above, styles[index], kept)) for index in indexes]


def _is_borne_out(guessed: NumberStyle, reading: SheetReading) -> bool:
    """``3,5`` in a column of shares beside amounts such as ``85.500``: one file, one decimal sign.

    A column that says otherwise settles nothing: it may number an outline (1.1, 1.2). Nor do a workbook's own numbers.
    """
    return reading.grid.kinds is None and any(
        column.profile.style.decimal == guessed.decimal and not column.profile.style.ambiguous
        for column in reading.columns
        if column.profile.numbers > _HALF and column.profile.whole < 1.0 and not column.profile.rises
    )


def _written(grid: Grid, index: int, first: int, repeats: frozenset[int]) -> Iterator[str]:
    """The cells of a column that a person wrote as amounts: no workbook's own numbers, no header repeated."""
    return chain.from_iterable(_written_blocks(grid, index, first, repeats))


def _written_blocks(grid: Grid, index: int, first: int, repeats: frozenset[int]) -> Iterator[Iterable[str]]:
    for start in range(first, len(grid.rows), grid.block_rows):
        rows = range(start, min(start + grid.block_rows, len(grid.rows)))
        cells = grid.column(index, rows.start, rows.stop)
        kinds = grid.kinds_of(rows, index)
        if kinds is None and repeats.isdisjoint(rows):
            yield cells
            continue
        if kinds is not None and kinds.count(_NUMBER) == len(kinds):
            continue
        own = zip(rows, cells, kinds or " " * len(rows), strict=True)
        yield [cell for row, cell, kind in own if kind != _NUMBER and row not in repeats]


def _values(grid: Grid, index: int, above: int, style: NumberStyle, kept: int) -> Sequence[Decimal | None]:
    if isinstance(grid.rows, RowBlocks):
        return _PackedAmounts(grid, index, above, style, kept)
    rows = range(above, len(grid.rows))
    return [*([None] * above), *parse_amounts(grid.column(index, above), style, grid.kinds_of(rows, index)).values]


class _PackedAmounts(Sequence[Decimal | None]):
    """The amounts of one column of packed rows; the ``kept`` blocks that were parsed last are at hand."""

    def __init__(self, grid: Grid, index: int, above: int, style: NumberStyle, kept: int) -> None:
        self._grid, self._index, self._above, self._style = grid, index, above, style
        self._size = grid.block_rows
        self._kept = kept
        self._blocks: dict[int, list[Decimal | None]] = {}
        self._number, self._last = -1, list[Decimal | None]()

    def __len__(self) -> int:
        return len(self._grid.rows)

    @overload
    def __getitem__(self, at: int) -> Decimal | None: ...

    @overload
    def __getitem__(self, at: slice) -> list[Decimal | None]: ...

    def __getitem__(self, at: int | slice) -> Decimal | list[Decimal | None] | None:
        if isinstance(at, slice):
            return self._cut(*at.indices(len(self)))
        number, place = divmod(at, self._size)
        if number != self._number:
            self._number, self._last = number, self._block(number)
        return self._last[place]

    def _cut(self, first: int, end: int, step: int) -> list[Decimal | None]:
        found: list[Decimal | None] = []
        for number in range(first // self._size, -(-end // self._size)):
            start = number * self._size
            found += self._block(number)[max(first - start, 0) : end - start]
        return found[::step]

    def _block(self, number: int) -> list[Decimal | None]:
        block = self._blocks.get(number)
        if block is None:
            while len(self._blocks) >= self._kept:
                del self._blocks[next(iter(self._blocks))]
            first, end = number * self._size, min((number + 1) * self._size, len(self))
            above = max(min(self._above, end) - first, 0)
            cells = self._grid.column(self._index, first + above, end)
            self._blocks[number] = block = [*([None] * above), *parse_amounts(cells, self._style).values]
        return block
