"""The marks of time in a text: dates, years, and parts of a year, each with its place.

In: folded text. Out: ``Mark`` objects in the order of the text, none overlapping. ``period_text`` puts them together.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.domain.vocabulary.calendar import PERIOD_COUNTERS, calendar_words
from budget_sync.domain.vocabulary.fold import fold_text

_YEAR = "(?:199[0-9]|20[0-5][0-9]|2060)"  # 2240 or 1300 in a header is a fund's or an account's code
_ALONE = r"(?<![0-9])(?<![0-9][.,])"
_DASH = r" *[-/_\u2010-\u2015\u2212] *"
_LAST_TWO_DIGIT_YEAR, _FIRST_OF_THE_NINETIES = 60, 90
_LAST_DAY = 31
_SHORT_YEAR = re.compile(r"[ \-/'\u2019_.]{0,2}([0-9]{2})(?![0-9])(?![.,/-][0-9])")


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


def find_marks(text: str, *, compact: bool = False) -> list[Mark]:
    """All marks of a folded text. ``compact``: figures such as 202503 and 20250301 count too (file names)."""
    found: list[Mark] = []
    for pattern, read in _readers(compact=compact):
        for match in pattern.finditer(text):
            mark = read(match)
            if mark is not None:
                if mark.kind or mark.year:
                    found.append(mark)
                text = text[: mark.start] + "\0" * (mark.end - mark.start) + text[mark.end :]
    found.extend(_short_years(text, found))
    return sorted(found, key=lambda mark: mark.start)


def _short_years(text: str, found: Iterable[Mark]) -> Iterator[Mark]:
    """``Mar-25``, ``Q1 25``, ``1Q25``: two figures right behind a part of a year."""
    for mark in found:
        if mark.kind is not None and mark.year is None:
            match = _SHORT_YEAR.match(text, mark.end)
            if match and (year := full_year(match[1])):
                yield Mark(match.start(), match.end(), year=year)


@cache
def _readers(*, compact: bool) -> list[tuple[re.Pattern[str], Reader]]:
    """Every pattern with its reader, the longest ways of writing first: what one takes, the next does not see."""
    dates = [(_COMPACT, _date), *_DATES] if compact else _DATES
    return [(re.compile(_filled(pattern)), read) for pattern, read in (*dates, *_part_readers(), *_BARE_YEARS)]


def _filled(pattern: str) -> str:
    for name, value in _places().items():
        pattern = pattern.replace(f"<{name}>", value)
    return pattern


@cache
def _places() -> dict[str, str]:
    """What stands for ``<year>`` and the like in the patterns below."""
    words = calendar_words()
    return {
        "alone": _ALONE,
        "end": r"(?![0-9])(?![.,][0-9])",
        "year": _YEAR,
        "any-year": rf"(?:{_YEAR}|[0-9]{{2}})",
        "dash": _DASH,
        "fiscal": rf"(?<![a-z])(?:{_any_of(map(fold_text, words.fiscal.prefixes))})[ '\u2019.:_-]*",
        "eras": _any_of(words.era),
        "month-name": _any_of(words.month_of),
        "ordinal": _any_of(words.ordinal_of),
        "counter": _any_of(PERIOD_COUNTERS),
        "first-half": _any_of(words.half.first),
        "second-half": _any_of(words.half.second),
    }


def _part_readers() -> list[tuple[str, Reader]]:
    """Quarters, halves and months, in words and in letters."""
    words = calendar_words()
    readers: list[tuple[str, Reader]] = []
    for kind, listed in ((PeriodKind.QUARTER, words.quarter), (PeriodKind.HALF, words.half)):
        last = MONTHS_IN_YEAR // kind
        read = _part_reader(kind, last)
        word, letters = _any_of(map(fold_text, listed.words)), "".join(listed.letters)
        readers += [
            (rf"(?<![^\W_])第?{_NTH}{_NTH_ENDING}[ \-_]*(?:fiscal )?(?:{word})(?![a-z])", read),
            (rf"(?<![^\W\d_])(?:{word})\.?[ \-_]*{_NTH}(?![^\W_])", read),
            (rf"(?<![^\W\d_])(?P<l>[{letters}])[ \-]?(?P<n>[1-{last}])(?![^\W_])", read),
            (rf"(?<![^\W_])(?P<n>[1-{last}])[ \-]?(?P<l>[{letters}])(?![^\W\d_])(?![0-9]{{3}})(?! [1-4]\b)", read),
        ]
    return [*readers, *_MONTHS]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _era(match: re.Match[str]) -> Mark:
    count = 1 if match["n"] == "元" else int(match["n"])
    return Mark(*match.span(), year=calendar_words().era[match["era"]] + count)


def _year(match: re.Match[str]) -> Mark | None:
    year = full_year(match["y"])
    return Mark(*match.span(), year=year) if year else None


def _fiscal_year(match: re.Match[str]) -> Mark | None:
    year = _year(match)
    return replace(year, fiscal_year=True) if year else None


def _date(match: re.Match[str]) -> Mark | None:
    """A calendar month, or a day of one."""
    month, day = int(match["m"].rstrip("-/.")), int(match.groupdict().get("d") or 0)
    if not 1 <= month <= MONTHS_IN_YEAR or day > _LAST_DAY:
        return None
    return Mark(*match.span(), year=int(match["y"]), kind=PeriodKind.MONTH, number=month, day=day or None)


def _named_date(match: re.Match[str]) -> Mark | None:
    year, day = full_year(match["y"]), int(match["d"])
    if year is None or not 1 <= day <= _LAST_DAY:
        return None
    number = calendar_words().month_of[match["w"]]
    return Mark(*match.span(), year=year, kind=PeriodKind.MONTH, number=number, day=day)


def _day_month_year(match: re.Match[str]) -> Mark | None:
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


def _pair(match: re.Match[str]) -> Mark | None:
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
    if end != start + 1:  # 2014-2018 is a plan over years: no period of ours, and neither of its ends
        return None if short or len(last) == len("25") else Mark(*match.span())
    if short and not match["fy"] and int(first) <= MONTHS_IN_YEAR:  # 11-12 alone is a day, a month, a range
        return None
    mark = Mark(*match.span(), year=end, fiscal_year=True)
    if not match["fy"] and not short and len(last) == len("12") and int(last) <= MONTHS_IN_YEAR and last != "00":
        month = Mark(*match.span(), year=start, kind=PeriodKind.MONTH, number=int(last))
        return replace(mark, other=month)
    return mark


def _part_reader(kind: PeriodKind, last: int) -> Reader:
    def read(match: re.Match[str]) -> Mark | None:
        groups = match.groupdict()
        number = int(groups["n"]) if groups.get("n") else calendar_words().ordinal_of[match["o"]]
        if number > last:
            return None
        weak = groups.get("l") in ("t", "s")  # T1 is a task, S1 a sheet as often
        return Mark(*match.span(), kind=kind, number=number, weak=weak)

    return read


def _month_name(match: re.Match[str]) -> Mark:
    words = calendar_words()
    weak = match["w"] in words.weak_months
    return Mark(*match.span(), kind=PeriodKind.MONTH, number=words.month_of[match["w"]], weak=weak)


def _month_number(match: re.Match[str]) -> Mark:
    groups = match.groupdict()
    counted = groups.get("f")
    return Mark(
        *match.span(),
        kind=PeriodKind.MONTH,
        number=int(counted or match["m"]),
        weak=counted is not None,
        fiscal_month=counted is not None,
    )


_NTH = r"(?:(?P<n>[1-4])|(?P<o><ordinal>))"
_NTH_ENDING = r"(?:\.|o|a|er|e|re|st|nd|rd|th|de|do)?"
_TIME = r"(?:[t ][0-9]{2}:[0-9:.]+z?)?"
_COMPACT = r"<alone>(?P<y><year>)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])?(?![0-9])"
_DATES: list[tuple[str, Reader]] = [
    (r"(?P<era><eras>) ?(?P<n>元|[0-9]{1,4})", _era),
    (
        r"<alone>(?P<y><year>)(?:[-./_]|年 ?)(?P<m>[0-9]{1,2})(?:[-./_]|月 ?)(?P<d>[0-9]{1,2})(?:日|(?![0-9]))" + _TIME,
        _date,
    ),
    (r"<alone>(?P<a>[0-9]{1,2})(?P<s>[./-])(?P<b>[0-9]{1,2})(?P=s)(?P<y><any-year>)(?![0-9])" + _TIME, _day_month_year),
    (r"<alone>(?P<d>[0-9]{1,2})[. \-/]{1,2}(?P<w><month-name>)[. \-/,]{1,2}(?P<y><any-year>)(?![0-9])", _named_date),
    (r"(?<![^\W_])(?P<w><month-name>)[. ]{1,2}(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<y><year>)(?![0-9])", _named_date),
    (r"(?P<fy><fiscal>)?<alone>(?P<y><any-year>)<dash>'?(?:<fiscal>)?(?P<z><any-year>)<end>(?!<dash>[0-9])", _pair),
    (r"<alone>(?P<y><year>)(?:[-/]|[年년] ?| ?m)(?P<m>[0-9]{1,2})(?:[月월]|(?![0-9]))(?!<dash>[0-9])", _date),
    (r"(?<![a-z])<alone>(?P<m>[0-9]{1,2}[-/]|[0-9]{2}\.)(?P<y><year>)(?![0-9])", _date),
    (r"<fiscal>(?P<y><any-year>)<end>", _fiscal_year),
]
_MONTHS: list[tuple[str, Reader]] = [
    (r"<first-half>", lambda match: Mark(*match.span(), kind=PeriodKind.HALF, number=1)),
    (r"<second-half>", lambda match: Mark(*match.span(), kind=PeriodKind.HALF, number=2)),
    (r"(?<![^\W\d_])(?P<w><month-name>)\.?(?![^\W\d_])", _month_name),
    (r"(?<![0-9])(?P<m>1[0-2]|0?[1-9])[月월]", _month_number),
    (r"(?<![^\W\d_])(?:<counter>)[ _]?(?P<f>1[0-2]|0?[1-9])(?![^\W_])", _month_number),
]
_BARE_YEARS: list[tuple[str, Reader]] = [
    (r"(?<![a-z0-9])['\u2019](?P<y>[0-9]{2})(?![0-9])", _year),
    (r"<alone>(?P<y><year>)<end>", _year),
]
