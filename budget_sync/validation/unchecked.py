"""An Understanding and the defaults of an import become text columns, wide rows laid long, part by part.

In: ``Understanding``, ``Defaults``. Out: ``Unchecked``: lines, and what is known of their bad amounts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import LineType
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import parse_period
from budget_sync.mapping.understanding import LineTexts, Understanding
from budget_sync.validation.amounts import CellAmounts, amount_notes, amount_texts, stored_texts
from budget_sync.validation.lines import LineColumns
from budget_sync.validation.signs import Signs

_FORMULA = "f"
_FIRST_ROWS = 1_000  # they settle the signs of nearly every file


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A part of the lines of a file.

    ``reasons`` of bad amounts by their place in ``lines``; ``formulas``: (row, column) of cells without a value;
    ``rows``: how many source rows it covers. ``notes`` on the whole file come with its last part.
    """

    lines: LineColumns
    reasons: dict[int, str]
    formulas: list[tuple[int, int]]
    rows: int
    notes: list[str]


def unchecked_lines(understanding: Understanding, defaults: Defaults, part_lines: int) -> Iterator[Unchecked]:
    """Every filled amount cell of every line row, with the names that it stands under; nil marks make no line.

    In parts of about ``part_lines`` amounts, each of whole rows; at least one part. Of several, the first are smaller.
    """
    parts = _parts(len(understanding.texts.rows), max(1, part_lines // max(1, len(understanding.amounts))))
    scale = understanding.analysis.amount_scale
    signs = _signs_of(understanding, defaults, parts) if len(parts) > 1 else Signs()
    rounded = 0
    for number, part in enumerate(parts, 1):
        read = _read(understanding, defaults, part)
        if len(parts) == 1:
            signs.add(read.cells.parsed().values, read.texts["line_type"])
        lines, reasons, also_rounded = _lines(read, signs.turned, scale)
        rounded += also_rounded
        notes = [*signs.notes(), *amount_notes(rounded, scale)] if number == len(parts) else []
        formulas = _formulas(understanding, part)
        yield Unchecked(lines, reasons, formulas, part.stop - part.start, notes)


def _parts(count: int, step: int) -> list[slice]:
    """Rows in parts: a quarter of a step, half of one, whole ones, so that whoever waits for the first can begin."""
    if count <= step:
        return [slice(0, count)]
    firsts = (max(1, step // 4), max(1, step // 2))
    starts = [0, firsts[0], *range(sum(firsts), count, step)]
    return [slice(start, stop) for start, stop in pairwise([*starts, count]) if start < stop]


@dataclass(frozen=True, slots=True)
class _Read:
    """The amount cells of a part, and the names of each, by the columns of the lines."""

    cells: CellAmounts
    texts: dict[str, list[str]]


def _read(understanding: Understanding, defaults: Defaults, part: slice) -> _Read:
    cells = CellAmounts()
    texts: dict[str, list[str]] = {name: [] for name in _NAMES}
    for column in understanding.amounts:
        lines = understanding.lines_of(column, part)
        cells.read(column, lines.rows, lines.amount, understanding.grid.kinds_of(lines.rows, column.index))
        for name, read in _NAMES.items():
            texts[name].extend(read(lines, defaults))
    return _Read(cells, texts)


def _signs_of(understanding: Understanding, defaults: Defaults, parts: Sequence[slice]) -> Signs:
    """The signs of the whole file, which decide over its first line; read as far as they leave anything open."""
    said = {*understanding.texts.line_type, *(column.line_type for column in understanding.amounts)}
    said.add(understanding.line_type.value if understanding.line_type else "")
    line_types = set(_cleaned(sorted(said), LineType.EXPENSE.value))
    signs = Signs()
    first = min(_FIRST_ROWS, parts[0].stop)
    for part in (slice(0, first), slice(first, parts[0].stop), *parts[1:]):
        if signs.is_settled(line_types):
            break
        read = _read(understanding, defaults, part)
        signs.add(read.cells.parsed().values, read.texts["line_type"])
    return signs


def _lines(read: _Read, turned: frozenset[str], scale: int) -> tuple[LineColumns, dict[int, str], int]:
    """The cells that hold more than a nil mark, the reasons of the bad ones by their places, how many were rounded."""
    cells = read.cells
    if cells.are_stored and not turned and scale == 1:
        return _columns(read, stored_texts(cells.raw)), {}, 0
    parsed = cells.parsed()
    amounts, rounded = amount_texts(parsed.values, read.texts["line_type"], turned, scale)
    kept = [bool(amount) or place in parsed.reasons for place, amount in enumerate(amounts)]
    lines = _columns(read, amounts).only(kept)
    if not parsed.reasons:
        return lines, {}, rounded
    places = compress(range(len(kept)), kept)
    reasons = {new: parsed.reasons[old] for new, old in enumerate(places) if old in parsed.reasons}
    return lines, reasons, rounded


def _columns(read: _Read, amounts: list[str]) -> LineColumns:
    cells = read.cells
    return LineColumns(cells.rows, cells.columns, **read.texts, budgeted_amount=amounts, raw_amount=cells.raw)


def _formulas(understanding: Understanding, part: slice) -> list[tuple[int, int]]:
    """Amount cells of lines that are formulas without a stored result."""
    rows = understanding.texts.rows[part]
    return [
        (row, column.index)
        for column in understanding.amounts
        for row, kind in zip(rows, understanding.grid.kinds_of(rows, column.index) or (), strict=False)
        if kind == _FORMULA
    ]


def _cleaned(texts: Sequence[str], default: str | None) -> list[str]:
    """Names as they are stored; each spelling is cleaned once."""
    clean = {text: clean_name(text) or default or "" for text in set(texts)}
    return [clean[text] for text in texts]


def _periods(texts: Sequence[str], defaults: Defaults) -> list[str]:
    """Stored codes; the default year completes a month or quarter without one, anything else stays as written."""
    year = defaults.fiscal_year()
    codes: dict[str, str] = {}
    for text in set(texts):
        cleaned = clean_name(text)
        period = parse_period(cleaned)
        partial = period is not None and period.year is None and year is not None
        stored = period.to_period(defaults.fiscal_year_start, year) if period and partial else None
        codes[text] = str(stored) if stored else cleaned or defaults.fiscal_period or ""
    return [codes[text] for text in texts]


_NAMES: dict[str, Callable[[LineTexts, Defaults], list[str]]] = {
    "department": lambda lines, defaults: _cleaned(lines.department, defaults.department),
    "sub_category": lambda lines, _: _cleaned(lines.sub_category, None),
    "fiscal_period": lambda lines, defaults: _periods(lines.fiscal_period, defaults),
    "line_type": lambda lines, _: _cleaned(lines.line_type, LineType.EXPENSE.value),
    "currency": lambda lines, defaults: _cleaned(lines.currency, defaults.currency),
}
