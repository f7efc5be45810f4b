"""The rows of a large text file by blocks: of each block its columns, those behind the first memory's worth packed.

In: rows, once. Out: the same rows again, any number of times, a block of them unpacked at a time: a million rows of
four cells took 340 MB as lists of texts; they take 95 MB with each text that comes again held once, and a tenth of the
file packed. Read-only; no cell may hold a NUL, and none of a text file does.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, repeat, zip_longest
from typing import overload

from budget_sync.reading.held_texts import HeldTexts

_BETWEEN = "\0"
_FASTEST = 1
_PLAIN_BYTES = 160 * 1024 * 1024  # of memory for what is kept as it is; what comes behind it is packed
_AT_ONCE = 2_000  # rows that are read before their texts are looked for among the earlier ones


@dataclass(frozen=True, slots=True)
class _Block:
    """``columns``: packed or not. ``lengths``: of each row, None where all have the same."""

    count: int
    columns: list[bytes] | list[tuple[str, ...]]
    lengths: list[int] | None

    def cells(self, index: int) -> Sequence[str]:
        """One column, '' behind the end of a row."""
        if index >= len(self.columns):
            return [""] * self.count
        column = self.columns[index]
        if isinstance(column, tuple):
            return column
        return zlib.decompress(column).decode("utf-8", "surrogatepass").split(_BETWEEN)

    def row(self, place: int) -> list[str] | None:
        """One row, as long as it was; None where all would have to be unpacked for it."""
        cells = [column[place] for column in self.columns if isinstance(column, tuple)]
        if len(cells) < len(self.columns):
            return None
        return cells if self.lengths is None else cells[: self.lengths[place]]

    def row_lengths(self) -> list[int]:
        """How long each row is."""
        return [len(self.columns)] * self.count if self.lengths is None else self.lengths

    def tuples(self, first: int = 0, end: int | None = None) -> Iterator[tuple[str, ...]]:
        """The rows from ``first`` to ``end`` (not included), as long as they were; made as they are taken."""
        if not self.columns:
            return repeat((), len(range(self.count)[first:end]))
        rows = zip(*(self.cells(index)[first:end] for index in range(len(self.columns))), strict=True)
        if self.lengths is None:
            return rows
        return (row[:length] for row, length in zip(rows, self.lengths[first:end], strict=True))


class RowBlocks(Sequence[list[str]]):
    """Rows as a sequence of lists of cells. Reading it in order is fast, jumping to and fro is not."""

    def __init__(self, rows: Iterable[list[str]], block_rows: int, plain_bytes: int = _PLAIN_BYTES) -> None:
        self.block_rows = block_rows
        self._blocks: list[_Block] = []
        remaining, texts = iter(rows), HeldTexts()
        while (block := _next_block(remaining, block_rows, texts)) is not None:
            self._blocks.append(block if texts.bytes <= plain_bytes else _packed(block))
        self._count = sum(block.count for block in self._blocks)
        self._open: tuple[int, list[tuple[str, ...]]] = (-1, [])

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> list[str]: ...

    @overload
    def __getitem__(self, at: slice) -> list[list[str]]: ...

    def __getitem__(self, at: int | slice) -> list[str] | list[list[str]]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(self._count))]
        if not -self._count <= at < self._count:
            raise IndexError(at)
        number, place = divmod(at % self._count, self.block_rows)
        row = self._blocks[number].row(place)
        return list(self._tuples(number)[place]) if row is None else row

    def __iter__(self) -> Iterator[list[str]]:
        for block in self._blocks:
            yield from map(list, block.tuples())

    @property
    def width(self) -> int:
        """The length of the longest row."""
        return max((len(block.columns) for block in self._blocks), default=0)

    def column(self, index: int, first: int, end: int) -> list[str]:
        """The cells of one column in the rows ``first`` to ``end`` (not included)."""
        found: list[str] = []
        for number in range(first // self.block_rows, -(-end // self.block_rows)):
            start = number * self.block_rows
            cells = self._blocks[number].cells(index)
            found += cells[max(first - start, 0) : end - start]
        return found

    def cells(self, rows: Sequence[int], index: int) -> list[str]:
        """The cells of one column in these rows, which rise."""
        if are_side_by_side(rows):
            return self.column(index, rows[0], rows[-1] + 1)
        found: list[str] = []
        number, start = -1, 0
        cells: Sequence[str] = ()
        for row in rows:
            if row // self.block_rows != number:
                number = row // self.block_rows
                start, cells = number * self.block_rows, self._blocks[number].cells(index)
            found.append(cells[row - start])
        return found

    def tuples(self, rows: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """These rows, which rise, as tuples; faster than asking for one after the other."""
        if not are_side_by_side(rows):
            return self._single_tuples(rows)
        first, end = rows[0], rows[-1] + 1
        blocks = range(first // self.block_rows, -(-end // self.block_rows))
        starts = ((number, number * self.block_rows) for number in blocks)
        return chain.from_iterable(
            self._blocks[number].tuples(max(first - start, 0), end - start) for number, start in starts
        )

    def _single_tuples(self, rows: Sequence[int]) -> Iterator[tuple[str, ...]]:
        number, start, block = -1, 0, list[tuple[str, ...]]()
        for row in rows:
            if row // self.block_rows != number:
                number = row // self.block_rows
                start, block = number * self.block_rows, self._tuples(number)
            yield block[row - start]

    def _tuples(self, number: int) -> list[tuple[str, ...]]:
        if self._open[0] != number:
            self._open = (-1, [])  # let go before the next is unpacked: one is at hand, never two
            self._open = (number, list(self._blocks[number].tuples()))
        return self._open[1]


def are_side_by_side(rows: Sequence[int]) -> bool:
    """Whether rows, which rise, leave none out between the first and the last; False for no rows."""
    return bool(rows) and rows[-1] - rows[0] + 1 == len(rows)


def _next_block(remaining: Iterator[list[str]], count: int, texts: HeldTexts) -> _Block | None:
    """The next rows; None where none are left."""
    pieces: list[_Block] = []
    while count > 0 and (rows := list(islice(remaining, min(count, _AT_ONCE)))):
        pieces.append(_piece(rows, texts))
        count -= len(rows)
    return _joined(pieces) if pieces else None


def _piece(rows: Sequence[list[str]], texts: HeldTexts) -> _Block:
    lengths = list(map(len, rows))
    columns = [texts.held(index, cells) for index, cells in enumerate(zip_longest(*rows, fillvalue=""))]
    return _Block(len(rows), columns, None if len(set(lengths)) == 1 else lengths)


def _joined(pieces: Sequence[_Block]) -> _Block:
    if len(pieces) == 1:
        return pieces[0]
    columns = range(max(len(piece.columns) for piece in pieces))
    lengths = [piece.row_lengths() for piece in pieces]
    return _Block(
        sum(piece.count for piece in pieces),
        [tuple(chain.from_iterable(piece.cells(index) for piece in pieces)) for index in columns],
        None if len({length for own in lengths for length in set(own)}) == 1 else list(chain.from_iterable(lengths)),
    )


def _packed(block: _Block) -> _Block:
    columns = [
        zlib.compress(_BETWEEN.join(block.cells(index)).encode("utf-8", "surrogatepass"), _FASTEST)
        for index in range(len(block.columns))
    ]
    return replace(block, columns=columns)
