"""Periods as people write them become periods as we store them.

In: a cell, a header, a title, a sheet's or a file's name. Out: ``PeriodText``, which may lack its year (``Jan``,
``Q1``) until something else in the file gives it. ``2014-15`` is a fiscal year named by its end, ``2014-07`` a month.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from budget_sync.domain.month_names import in_their_language
from budget_sync.domain.period_mark import Mark
from budget_sync.domain.period_marks import find_marks
from budget_sync.domain.periods import FIRST_YEAR, LAST_YEAR, MONTHS_IN_YEAR, FiscalPeriod, PeriodKind
from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync.domain.vocabulary.fold import fold_text

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_LETTERS = re.compile(r"[a-z]+")
_MONTH_DIGITS = 2
_LONGEST = 200  # a longer cell is prose, and no file name is longer
_RAISED = frozenset("²³")
_COMPACT_MONTH = re.compile(r"(?:199[0-9]|20[0-5][0-9]|2060)(?:0[1-9]|1[0-2])")
_COMPACT_DAY = re.compile(r"(?:199[0-9]|20[0-5][0-9]|2060)(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class PeriodText:
    """What a text says of time.

    ``number``: the month 1 to 12, the quarter, the half; of a year without its figures, which one
    (``Year 2``). ``year`` None: not said. A month's year is the calendar's unless ``fiscal_year`` (``FY25 Jul``).
    ``fiscal_month``: the month is counted from the fiscal year's start
    (``P01``). ``first_month``: a span named by its months (``Jan-Mar``), ``year`` then the one in which it ends.
    ``day``: the text is a date; ``month_first``: it can only be month, day, year. ``other``: a second
    reading, which the rest of the column settles.
    """

    kind: PeriodKind
    number: int = 1
    year: int | None = None
    day: int | None = None
    first_month: int | None = None
    fiscal_year: bool = False
    fiscal_month: bool = False
    month_first: bool = False
    other: "PeriodText | None" = None

    def to_period(self, fiscal_year_start: int = 1, year: int | None = None) -> FiscalPeriod | None:
        """The stored period; None where its year is unknown or not kept, or its months are no quarter or half of one.

        ``year``: the fiscal year that the rest of the file names, where the text has none.
        """
        named = self.year if self.year is not None else year
        if named is None:
            return None
        if self.kind is PeriodKind.MONTH:
            return self._month(fiscal_year_start, named)
        if self.kind is PeriodKind.YEAR:
            return _kept(named + self.number - 1, PeriodKind.YEAR, 1)
        if self.first_month is None:
            return _kept(named, self.kind, self.number)
        offset = (self.first_month - fiscal_year_start) % MONTHS_IN_YEAR
        if offset % self.kind:
            return None
        last_month = (self.first_month + self.kind - 2) % MONTHS_IN_YEAR + 1
        later = self.year is not None and 1 < fiscal_year_start <= last_month
        return _kept(named + later, self.kind, offset // self.kind + 1)

    def _month(self, fiscal_year_start: int, named: int) -> FiscalPeriod | None:
        number = self.number
        if self.fiscal_month:
            number = (fiscal_year_start + number - 2) % MONTHS_IN_YEAR + 1
        by_calendar = self.year is not None and not self.fiscal_year and not self.fiscal_month
        before = not by_calendar and fiscal_year_start > 1 and number >= fiscal_year_start
        return _kept(named - before, PeriodKind.MONTH, number)


def _kept(year: int, kind: PeriodKind, number: int) -> FiscalPeriod | None:
    return FiscalPeriod(year, kind, number) if FIRST_YEAR <= year <= LAST_YEAR else None


def parse_period(text: str) -> PeriodText | None:
    """The period that a whole cell is; None where it says anything else as well. Bare figures only as a year."""
    return None if len(text) > _LONGEST else _parse(text)


@lru_cache(maxsize=16384)
def _parse(text: str) -> PeriodText | None:
    if not _RAISED.isdisjoint(text):
        return None  # a unit: folded, m² would be the second month
    folded = fold_text(text).strip()
    if folded.isascii() and not calendar_words().all_words.issuperset(_LETTERS.findall(folded)):
        return None  # most cells of most files, 20 times as fast as looking for marks
    marks = find_marks(folded)
    if not marks or not _is_nothing_else(folded, marks):
        return None
    return _combine(folded, marks)


def find_period(text: str, *, among_months: bool = False) -> PeriodText | None:
    """The period named inside a header, a title, a sheet's or a file's name, the most exact one first.

    A month's name that is a word of its own (``may``, ``set``) counts beside a year only, or ``among_months``: its
    neighbours name others.
    """
    return _find(text[:_LONGEST], among_months)


@lru_cache(maxsize=4096)
def _find(text: str, among_months: bool) -> PeriodText | None:
    folded = fold_text(text).strip()
    marks = find_marks(folded, compact=True)
    if not marks:
        return None
    if _is_nothing_else(folded, marks):
        return _combine(folded, marks)
    if not any(mark.year for mark in marks):
        marks = [mark for mark in marks if not mark.weak or (among_months and _is_month_name(mark))]
    return _combine(folded, marks) if marks else None


def _is_month_name(mark: Mark) -> bool:
    return mark.kind is PeriodKind.MONTH and not mark.fiscal_month


def read_periods(cells: Sequence[str]) -> list[PeriodText | None]:
    """A whole column or a row of headers: what one cell leaves open, the others settle.

    ``2011-12`` is a month where its neighbours are; ``03/04/2025`` is 4 March where ``03/25/2025`` stands below;
    ``202503`` is a month, ``20250301`` a day, where every cell is one; 1 to 12 side by side are the months of a year.
    """
    cells = in_their_language(cells)
    if numbered := numbered_months(cells):
        return [
            PeriodText(PeriodKind.MONTH, numbered[at], fiscal_month=True) if at in numbered else None
            for at in range(len(cells))
        ]
    written = set(cells)
    distinct = {stripped for cell in written if (stripped := cell.strip())}
    read = find_period if are_compact(distinct) else parse_period
    known = {cell: read(cell) for cell in distinct}
    readings = [period for period in known.values() if period is not None]
    months_only = any(period.kind is PeriodKind.MONTH and period.day is None for period in readings)
    month_first = _month_comes_first(readings)
    settled = {cell: _settle(period, months_only, month_first) for cell, period in known.items()}
    periods = {cell: settled.get(cell.strip()) for cell in written}
    return [periods[cell] for cell in cells]


def are_compact(cells: Collection[str]) -> bool:
    """Whether every cell is a month or every cell a day in bare figures: ``202503``, ``20250301``."""
    ways = (_COMPACT_MONTH, _COMPACT_DAY)
    return bool(cells) and any(all(map(way.fullmatch, cells)) for way in ways)


def numbered_months(cells: Sequence[str]) -> dict[int, int]:
    """The places of the bare numbers 1 to 12 side by side in their order, as planning tools head the months."""
    if not any(cell.strip() in ("1", "01") for cell in set(cells)):
        return {}
    wanted = list(range(1, MONTHS_IN_YEAR + 1))
    for first, cell in enumerate(cells):
        if cell.strip() not in ("1", "01"):
            continue
        run = [text.strip() for text in cells[first : first + MONTHS_IN_YEAR]]
        if all(cell.isdecimal() and len(cell) <= _MONTH_DIGITS for cell in run) and list(map(int, run)) == wanted:
            return dict(zip(range(first, first + MONTHS_IN_YEAR), wanted, strict=True))
    return {}


def _says_year_end(text: str) -> bool:
    """``For the year ended June 30, 2025``: a word for year and one for its end."""
    words = set(_WORD.findall(text))
    return bool(words & calendar_words().filler_words and words & calendar_words().year_end_words)


def _settle(period: PeriodText | None, months_only: bool, month_first: bool) -> PeriodText | None:
    if period is None or period.other is None:
        return period
    if period.day is not None:
        return period.other if month_first else period
    return period.other if months_only else period


def _month_comes_first(readings: Sequence[PeriodText]) -> bool:
    """Whether a column's dates are month, day, year: one of them can be nothing else, or all are the first then."""
    if any(period.month_first for period in readings if period.other is None):
        return True
    swapped = [period.other for period in readings if period.day is not None and period.other is not None]
    days = {period.day for period in readings if period.other is not None}
    return len({period.day for period in swapped}) == 1 and len(days) > 1


def _is_nothing_else(text: str, marks: Iterable[Mark]) -> bool:
    rest = text
    for mark in marks:
        rest = rest[: mark.start] + " " * (mark.end - mark.start) + rest[mark.end :]
    words = calendar_words()
    return all(word in words.filler_words or word in words.range_words for word in _WORD.findall(rest))


def _combine(text: str, marks: Sequence[Mark]) -> PeriodText | None:
    """The marks of one text put together: the part with its year, the span with its two ends."""
    if len(marks) == 1 and marks[0].day and _says_year_end(text):
        return PeriodText(PeriodKind.YEAR, year=marks[0].year)
    parts = [mark for mark in marks if mark.kind is not None]
    years = [mark for mark in marks if mark.kind is None]
    if len(parts) > 1 and _are_two_ends(text, parts[0], parts[1]):
        return _span(parts[0], parts[1], years)
    parts = [mark for mark in parts if mark.day is None] or (parts if not years else [])
    if not parts:
        best = next((mark for mark in years if mark.fiscal_year), years[0])
        return _period_of(best)
    part = next((mark for mark in parts if mark.year is not None), parts[0])
    if part.year is not None or not years:
        return _period_of(part)
    nearest = min(years, key=lambda year: min(abs(year.start - part.end), abs(part.start - year.end)))
    return replace(_period_of(part), year=nearest.year, fiscal_year=nearest.fiscal_year)


def _period_of(mark: Mark) -> PeriodText:
    return PeriodText(
        kind=mark.kind or PeriodKind.YEAR,
        number=mark.number,
        year=mark.year,
        day=mark.day,
        fiscal_year=mark.fiscal_year,
        fiscal_month=mark.fiscal_month,
        month_first=mark.month_first,
        other=_period_of(mark.other) if mark.other else None,
    )


def _are_two_ends(text: str, first: Mark, last: Mark) -> bool:
    if first.kind is not last.kind or first.kind is PeriodKind.HALF:
        return False
    between = [word for word in re.split(r"[\s0-9'.]+", text[first.end : last.start]) if word]
    return bool(between) and calendar_words().range_words.issuperset(between)


def _span(first: Mark, last: Mark, years: Sequence[Mark]) -> PeriodText | None:
    """``Jan-Mar 2025``, ``2024-07-01 to 2025-06-30``: a quarter, a half or a year named by its months, or quarters."""
    if first.kind is PeriodKind.QUARTER:
        return _span_of_quarters(first, last, years)
    length = (last.number - first.number) % MONTHS_IN_YEAR + 1
    year = last.year or (years[-1].year if years else None)
    if first.year is not None and last.year is not None:
        length = (last.year - first.year) * MONTHS_IN_YEAR + last.number - first.number + 1
    if length == 1:
        return replace(_period_of(last), day=None, other=None)
    if length not in (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR):
        return None
    return PeriodText(PeriodKind(length), year=year, first_month=first.number)


def _span_of_quarters(first: Mark, last: Mark, years: Sequence[Mark]) -> PeriodText | None:
    kinds = {(1, 2): (PeriodKind.HALF, 1), (3, 4): (PeriodKind.HALF, 2), (1, 4): (PeriodKind.YEAR, 1)}
    found = kinds.get((first.number, last.number))
    return PeriodText(*found, year=years[-1].year if years else None) if found else None
