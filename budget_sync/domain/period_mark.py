"""One mark of time in a text, and how each way of writing it is read from its match.

In: the match of a pattern of ``period_marks``. Out: ``Mark``, or None where the figures are no date, no period.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.domain.vocabulary.calendar import calendar_words

_LAST_TWO_DIGIT_YEAR, _FIRST_OF_THE_NINETIES = 60, 90
_LAST_DAY = 31
_FIRST_YEAR, _LAST_YEAR = 1990, 2060


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. ``kind`` None: a year alone. ``other``: what it could be as well (month first, month of the year).

    ``weak``: a word or letter that means something else as often; it needs a year beside it or the cell for itself.
    ``fiscal_year``: the year is a fiscal year's name. ``fiscal_month``: counted from the fiscal year's start.
    ``month_first``: a date that can only be month, day, year.
    """

    start: int
    end: int
    year: int | None = None
    kind: PeriodKind | None = None
    number: int = 1
    day: int | None = None
    weak: bool = False
    fiscal_year: bool = False
    fiscal_month: bool = False
    month_first: bool = False
    other: "Mark | None" = None


Reader = Callable[[re.Match[str]], Mark | None]


def full_year(digits: str) -> int | None:
    """Four figures as they are, two as 2000 to 2060 or 1990 to 1999; None for other figures."""
    number = int(digits)
    if len(digits) > len("25"):
        return number
    if number <= _LAST_TWO_DIGIT_YEAR:
        return 2000 + number
    return 1900 + number if number >= _FIRST_OF_THE_NINETIES else None


def read_era(match: re.Match[str]) -> Mark | None:
    """A year of an era: 令和6年, 民國113年, R6年."""
    count = 1 if match["n"] == "元" else int(match["n"])
    words = calendar_words()
    year = {**words.era_letters, **words.era}[match["era"]] + count
    return Mark(*match.span(), year=year) if _FIRST_YEAR <= year <= _LAST_YEAR else None


def read_year(match: re.Match[str]) -> Mark | None:
    """A year alone."""
    year = full_year(match["y"])
    return Mark(*match.span(), year=year) if year else None


def read_fiscal_year(match: re.Match[str]) -> Mark | None:
    """A year behind a word for fiscal year: FY25."""
    year = read_year(match)
    return replace(year, fiscal_year=True) if year else None


def read_date(match: re.Match[str]) -> Mark | None:
    """A calendar month, or a day of one."""
    month, day = int(match["m"].rstrip("-/.")), int(match.groupdict().get("d") or 0)
    if not 1 <= month <= MONTHS_IN_YEAR or day > _LAST_DAY:
        return None
    return Mark(*match.span(), year=int(match["y"]), kind=PeriodKind.MONTH, number=month, day=day or None)


def read_named_date(match: re.Match[str]) -> Mark | None:
    """A day whose month is a name: 15 Aug 2025."""
    year, day = full_year(match["y"]), int(match["d"])
    if year is None or not 1 <= day <= _LAST_DAY:
        return None
    number = calendar_words().month_of[match["w"]]
    return Mark(*match.span(), year=year, kind=PeriodKind.MONTH, number=number, day=day)


def read_day_month_year(match: re.Match[str]) -> Mark | None:
    """A day in figures, day or month first; both readings where both are possible."""
    year, first, second = full_year(match["y"]), int(match["a"]), int(match["b"])
    if year is None:
        return None
    readings = [
        Mark(*match.span(), year=year, kind=PeriodKind.MONTH, number=month, day=day, month_first=month_first)
        for day, month, month_first in ((first, second, False), (second, first, True))
        if 1 <= month <= MONTHS_IN_YEAR and 1 <= day <= _LAST_DAY
    ]
    if not readings:
        return None
    if len(readings) > 1 and match["s"] != ".":  # nobody writes the month before a point
        return replace(readings[0], other=readings[1])
    return readings[0]


def read_pair(match: re.Match[str]) -> Mark | None:
    """``2014-15``: a fiscal year, named by the year in which it ends; ``2011-12`` may be a December as well."""
    first, last = match["y"], match["z"]
    short = len(first) == len("25")
    if short and len(last) != len(first):
        return None
    start = full_year(first)
    end = full_year(last) if len(last) > len("25") or short else start and start // 100 * 100 + int(last)
    if start is not None and end == start - 99:  # 1999-00
        end = start + 1
    if start is None or end is None or end <= start:
        return None
    if end != start + 1:  # 2014-2018 and 2025-27 are plans over years: no period of ours, and neither of their ends
        return None if short or int(last) <= MONTHS_IN_YEAR else Mark(*match.span())
    if short and not match["fy"] and int(first) <= MONTHS_IN_YEAR:  # 11-12 alone is a day, a month, a range
        return None
    mark = Mark(*match.span(), year=end, fiscal_year=True)
    if not match["fy"] and not short and len(last) == len("12") and int(last) <= MONTHS_IN_YEAR and last != "00":
        month = Mark(*match.span(), year=start, kind=PeriodKind.MONTH, number=int(last))
        return replace(mark, other=month)
    return mark


def part_reader(kind: PeriodKind, last: int) -> Reader:
    """What reads quarters or halves, of which a year has ``last``."""

    def read(match: re.Match[str]) -> Mark | None:
        groups = match.groupdict()
        number = int(groups["n"]) if groups.get("n") else calendar_words().ordinal_of[match["o"]]
        if number > last:
            return None
        weak = groups.get("l") in ("t", "s")  # T1 is a task, S1 a sheet as often
        return Mark(*match.span(), kind=kind, number=number, weak=weak)

    return read


def read_month_name(match: re.Match[str]) -> Mark:
    """A month by its name."""
    words = calendar_words()
    weak = match["w"] in words.weak_months
    return Mark(*match.span(), kind=PeriodKind.MONTH, number=words.month_of[match["w"]], weak=weak)


def read_month_number(match: re.Match[str]) -> Mark:
    """A month by its number, of the calendar (3月) or counted from the fiscal year's start (P03)."""
    groups = match.groupdict()
    counted = groups.get("f")
    return Mark(
        *match.span(),
        kind=PeriodKind.MONTH,
        number=int(counted or match["m"]),
        weak=counted is not None,
        fiscal_month=counted is not None,
    )
