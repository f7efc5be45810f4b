"""The periods that the rows themselves name, in one column or in a year's and a month's together.

In: the grid, the line rows and the period columns. Out: a stored code a row, else the text as written, '' for none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from operator import is_

from budget_sync.domain.era_years import era_cells
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import PeriodText, read_periods
from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.domain.vocabulary import calendar_words, words_of
from budget_sync.mapping.columns import Column
from budget_sync.reading.document import Grid

_QUARTERS = 4
_PART_DIGITS = 2
_MOSTLY = 0.9


def row_periods(
    grid: Grid, lines: Sequence[int], columns: Sequence[Column], fiscal_year_start: int, year: int | None
) -> list[str]:
    """``year``: what the file says where a column names a month alone."""
    if not columns:
        return [""] * len(lines)
    cells = [grid.cells(lines, column.index) for column in columns]
    read = [_read(own, column) for own, column in zip(cells, columns, strict=True)]
    keys: Sequence[object] = cells[0] if len(cells) == 1 else list(zip(*cells, strict=True))
    if any(any(map(is_, own, repeat(None))) for own in read):  # where a text stands may decide whether it is a period
        keys = list(zip(keys, *(map(is_, own, repeat(None)) for own in read), strict=True))
    known = {
        key: _together([own[row] for own in read], fiscal_year_start, year) or clean_name(cells[0][row])
        for key, row in dict(zip(keys, range(len(keys)), strict=True)).items()
    }
    return list(map(known.__getitem__, keys))


def part_of_year(column: Column, cells: Sequence[str]) -> PeriodKind | None:
    """What bare numbers of a column count: the months or the quarters of a year; None where they do not."""
    counts = Counter(cells)
    held = sum(count for cell, count in counts.items() if cell.strip())
    numbers = {int(cell) for cell in counts if _is_number(cell)}
    told = sum(count for cell, count in counts.items() if _is_number(cell))
    if not numbers or told < _MOSTLY * held or min(numbers) < 1:
        return None
    words = set(words_of(column.name))
    if words & set(map(str.casefold, calendar_words().quarter.words)) and max(numbers) <= _QUARTERS:
        return PeriodKind.QUARTER
    return PeriodKind.MONTH if max(numbers) <= MONTHS_IN_YEAR else None


def _is_number(cell: str) -> bool:
    """Digits that count a part of the year; a footnote's mark (3²) or a long code is none."""
    digits = cell.strip()
    return digits.isdecimal() and len(digits) <= _PART_DIGITS


def _read(cells: Sequence[str], column: Column) -> list[PeriodText | None]:
    kind = part_of_year(column, cells)
    if kind is None:
        return era_cells(cells, column.name) or read_periods(cells)
    return [PeriodText(kind, int(cell)) if _is_number(cell) else None for cell in cells]


def _together(told: Sequence[PeriodText | None], fiscal_year_start: int, year: int | None) -> str:
    """A year and a month of two columns are one period; a month counts in the calendar's year."""
    parts = [part for part in told if part is not None]
    named = next((part.year for part in parts if part.year is not None), None)
    for part in sorted(parts, key=lambda part: part.kind):
        whole = replace(part, year=named) if part.year is None and named is not None else part
        period = whole.to_period(fiscal_year_start, year)
        if period is not None:
            return str(period)
    return ""
