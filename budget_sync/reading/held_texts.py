"""The texts of a large file's columns, each that comes again held once.

In: the cells of a column, piece after piece. Out: the same cells, and how many bytes all of them take. Pieces are
small, so that what is let go of makes room for the next where the processor still has it at hand: whole blocks of
50,000 rows left the texts of a million scattered, and reading them took three times as long.
"""

from collections.abc import Sequence

_CELL_BYTES, _TEXT_BYTES = 8, 56  # a cell names a text, which takes as much beside its characters
_ENOUGH = 50_000  # cells, after which a column is known
_FEW = 0.5  # of its cells: of a column with more different texts, none is looked for again


class HeldTexts:
    """All columns of one file. ``bytes``: of the cells so far."""

    def __init__(self) -> None:
        self.bytes = 0
        self._columns: dict[int, _Column] = {}

    def held(self, index: int, cells: Sequence[str]) -> tuple[str, ...]:
        """The next cells of a column, with the texts that earlier cells hold in their stead."""
        column = self._columns.setdefault(index, _Column())
        new, texts = column.held(cells)
        self.bytes += _CELL_BYTES * len(cells) + sum(map(len, new)) + _TEXT_BYTES * len(new)
        return texts


class _Column:
    def __init__(self) -> None:
        self._known: dict[str, str] | None = {}
        self._seen = 0

    def held(self, cells: Sequence[str]) -> tuple[Sequence[str], tuple[str, ...]]:
        """The texts that are new, and all of them."""
        known = self._known
        if known is None:
            return cells, tuple(cells)
        new = list(set(cells).difference(known))
        known.update(zip(new, new, strict=True))
        self._seen += len(cells)
        if self._seen >= _ENOUGH and len(known) > _FEW * self._seen:
            self._known = None
        return new, tuple(map(known.__getitem__, cells))
