"""Validated lines as COPY takes them: pure, and small enough to keep between two steps.

In: ``ValidatedLines``, in one part or several. Out: ``PreparedLines``: the source amounts, each with the number of its
budget line, and the budget lines with their folded keys. Amounts stay the text that validation checked; PostgreSQL sums
them. Of a large file most parts are packed, so that what is kept does not grow with it.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from budget_sync.loading.copy_text import BETWEEN, NULL, NameTexts, escaped
from budget_sync.loading.numbering import LineNumbers
from budget_sync.validation.lines import LineColumns, RowError, ValidatedLines

_PLAIN_BYTES = 24 * 1024 * 1024  # as much is kept as it is; what comes behind it is packed
_NUMBER = "%08x".__mod__  # the digits of a line's id that are its own
_ALL = None  # the amounts of a part, in their order
_FASTEST = 1
_SHOWN = 20


class PreparedPart(msgspec.Struct, frozen=True):
    """The lines that no earlier part names, and the amounts, as staging takes them: COPY's text format in UTF-8.

    Both begin with the number of the line, in eight hexadecimal digits, where staging has its id.
    ``one_each``: each amount has a new line of its own, and its row, column and raw text stand in ``staged_lines``;
    else the amounts are in ``staged_amounts``, and a line bears its first one alone.
    ``errors``: the bad cells, as MessagePack. All three ``packed`` by zlib or not. ``periods``: of the lines.
    """

    staged_amounts: bytes
    staged_lines: bytes
    errors: bytes
    periods: frozenset[str]
    one_each: bool = False
    packed: bool = False

    def pack(self) -> "PreparedPart":
        """The same, smaller."""
        return self._changed(partial(zlib.compress, level=_FASTEST), packed=True)

    def unpack(self) -> "PreparedPart":
        """The same, ready for COPY."""
        if not self.packed:
            return self
        return self._changed(zlib.decompress, packed=False)

    def _changed(self, change: Callable[[bytes], bytes], *, packed: bool) -> "PreparedPart":
        amounts, lines, errors = map(change, (self.staged_amounts, self.staged_lines, self.errors))
        return msgspec.structs.replace(self, staged_amounts=amounts, staged_lines=lines, errors=errors, packed=packed)

    def row_errors(self) -> list[RowError]:
        """The bad cells of the part, which is unpacked."""
        return msgspec.msgpack.decode(self.errors, type=list[RowError])


class ShownLine(msgspec.Struct, frozen=True):
    """One amount of the file, for people to look at."""

    row: int
    department: str
    sub_category: str
    fiscal_period: str
    budgeted_amount: str
    currency: str
    line_type: str


class PreparedLines(msgspec.Struct, frozen=True):
    """Rows are counted as rows of the source, ``line_count`` as budget lines; ``bad_cells`` by the name of the column.

    ``first_lines`` and ``first_errors`` are for people to look at.
    """

    parts: list[PreparedPart]
    first_lines: list[ShownLine]
    first_errors: list[RowError]
    amount_count: int
    line_count: int
    bad_cells: dict[str, int]
    total_rows: int
    error_rows: int
    notes: list[str]

    @property
    def success_rows(self) -> int:
        """How many source rows went on."""
        return self.total_rows - self.error_rows

    def unpacked(self) -> Iterator[PreparedPart]:
        """The parts in the order of the file, unpacked one after the other."""
        return (part.unpack() for part in self.parts)

    def whole(self) -> "PreparedLines":
        """All of them: these, for none is on its way yet."""
        return self


def prepare(
    parts: Iterable[ValidatedLines],
    *,
    plain_bytes: int = _PLAIN_BYTES,
    take: Callable[[PreparedPart], None] | None = None,
) -> PreparedLines:
    """Number the budget lines and write everything as COPY takes it; rows of one line share its number.

    Of several spellings of one name in the file, the first is the one that is stored. What comes behind the first
    ``plain_bytes`` is packed. ``take`` gets each part as soon as it is made.
    """
    numbers = LineNumbers()
    texts = NameTexts(numbers)
    bad_cells: Counter[str] = Counter()
    prepared: list[PreparedPart] = []
    amounts = made_bytes = total_rows = error_rows = 0
    notes: list[str] = []
    first_lines: list[ShownLine] = []
    first_errors: list[RowError] = []
    for part in parts:
        first_lines += _shown(part.lines, _SHOWN - len(first_lines))
        first_errors += part.errors[: _SHOWN - len(first_errors)]
        made = _prepared(part, numbers, texts)
        made_bytes += len(made.staged_amounts) + len(made.staged_lines) + len(made.errors)
        prepared.append(made if made_bytes <= plain_bytes else made.pack())
        if take is not None:
            take(prepared[-1])
        bad_cells.update(error.column or "no column" for error in part.errors)
        amounts += len(part.lines)
        total_rows += part.total_rows
        error_rows += part.error_rows
        notes += part.notes
    return PreparedLines(
        parts=prepared,
        first_lines=first_lines,
        first_errors=first_errors,
        amount_count=amounts,
        line_count=numbers.count,
        bad_cells=dict(bad_cells),
        total_rows=total_rows,
        error_rows=error_rows,
        notes=[*notes, *_summed_note(amounts, numbers.count)],
    )


def _prepared(part: ValidatedLines, numbers: LineNumbers, texts: NameTexts) -> PreparedPart:
    lines = part.lines
    numbered = numbers.number(lines)
    new = numbered.new_lines
    one_each = numbered.numbers is None
    amounts = [] if numbered.numbers is None else [map(_NUMBER, numbered.numbers), *_amount_columns(lines, _ALL)]
    new_lines = [
        map(_NUMBER, range(new.first, numbers.count)),
        *texts.columns(new),
        *(_amount_columns(lines, new.places) if one_each else _amounts_alone(lines, new.places)),
    ]
    return PreparedPart(
        staged_amounts=_copy_text(amounts),
        staged_lines=_copy_text(new_lines),
        errors=msgspec.msgpack.encode(part.errors),
        periods=frozenset(numbers.terms[code][0] for code in set(new.terms)),
        one_each=one_each,
    )


def _amount_columns(lines: LineColumns, places: Sequence[int] | None) -> list[Iterable[str]]:
    """Row, column, amount and raw text of the amounts at these places, None for all in their order."""
    columns: list[Sequence[Any]] = [lines.row, lines.column, lines.budgeted_amount, escaped(lines.raw_amount)]
    if places is None or places == list(range(len(lines))):
        row, column, amount, raw = columns
    else:
        row, column, amount, raw = (list(map(own.__getitem__, places)) for own in columns)
    return [map(str, row), map(str, column), amount, raw]


def _amounts_alone(lines: LineColumns, places: Sequence[int]) -> list[Iterable[str]]:
    """The amounts at these places without their place in the file, which the amounts beside the lines bear."""
    null = [NULL] * len(places)
    return [null, null, map(lines.budgeted_amount.__getitem__, places), null]


def _shown(lines: LineColumns, count: int) -> list[ShownLine]:
    columns = [lines.texts(name)[:count] for name in ShownLine.__struct_fields__]
    return [ShownLine(*line) for line in zip(*columns, strict=True)]


def _copy_text(columns: Sequence[Iterable[str]]) -> bytes:
    rows = "\n".join(map(BETWEEN.join, zip(*columns, strict=True)))
    return (rows + "\n").encode("utf-8", errors="replace") if rows else b""


def _summed_note(amounts: int, lines: int) -> list[str]:
    if amounts == lines:
        return []
    return [f"{amounts} amounts were summed to {lines} budget lines, because several rows name the same line."]
