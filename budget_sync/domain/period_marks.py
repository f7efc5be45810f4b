"""The marks of time in a text: dates, years, and parts of a year, each with its place.

In: folded text. Out: ``Mark`` objects in the order of the text, none overlapping. ``period_text`` puts them together.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from budget_sync.domain.period_mark import (
    Mark,
    Reader,
    full_year,
    part_reader,
    read_date,
    read_day_month_year,
    read_era,
    read_fiscal_year,
    read_month_name,
    read_month_number,
    read_named_date,
    read_pair,
    read_year,
)
from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync.domain.vocabulary.fold import fold_text

_YEAR = "(?:199[0-9]|20[0-5][0-9]|2060)"  # 2240 or 1300 in a header is a fund's or an account's code
_ALONE = r"(?<![0-9])(?<![0-9][.,])"
_DASH = r" *[-/_\u2010-\u2015\u2212] *"
_SHORT_YEAR = re.compile(r"[ \-/'\u2019_.]{0,2}([0-9]{2})(?![0-9])(?![.,/-][0-9])")
_NTH = r"(?:(?P<n>[1-4])|(?P<o><ordinal>))"
_NTH_ENDING = r"(?:\.|o|a|er|e|re|st|nd|rd|th|de|do)?"
_TIME = r"(?:[t ][0-9]{1,2}:[0-9:.]+z?(?: ?[ap]\.? ?m\.?(?![a-z]))?)?"
_COMPACT = r"<alone>(?P<y><year>)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])?(?![0-9])"
_DATES: list[tuple[str, Reader]] = [
    (r"(?P<era><eras>) ?(?P<n>元|[0-9]{1,4})", read_era),
    (r"(?<![^\W_])(?P<era>[rh])(?P<n>[0-9]{1,2})(?=[\u3040-\u30ff\u4e00-\u9fff])", read_era),  # R6年度, H30決算
    (
        r"<alone>(?P<y><year>)(?:[-./_]|年 ?)(?P<m>[0-9]{1,2})(?:[-./_]|月 ?)(?P<d>[0-9]{1,2})(?:日|(?![0-9]))" + _TIME,
        read_date,
    ),
    (
        r"<alone>(?P<a><1-2>)(?P<s>[./-])(?P<b><1-2>)(?P=s)(?P<y><any-year>)(?![0-9])" + _TIME,
        read_day_month_year,
    ),
    (
        r"<alone>(?P<d><1-2>)[. \-/]{1,2}(?P<w><month-name>)[. \-/,]{1,2}(?P<y><any-year>)(?![0-9])",
        read_named_date,
    ),
    (
        r"(?<![^\W_])(?P<w><month-name>)[. ]{1,2}(?P<d><1-2>)(?:st|nd|rd|th)?,? (?P<y><year>)(?![0-9])",
        read_named_date,
    ),
    (r"(?P<fy><fiscal>)?<alone>(?P<y><any-year>)<dash>'?(?:<fiscal>)?(?P<z><any-year>)<end>(?!<dash>[0-9])", read_pair),
    (r"<alone>(?P<y><year>)(?:[-/]|[年년] ?| ?m)(?P<m>[0-9]{1,2})(?:月份?|월|(?![0-9]))(?!<dash>[0-9])", read_date),
    (r"<alone>(?P<y><year>)\.(?P<m>0[1-9]|1[0-2])(?![0-9.,])", read_date),
    (r"(?<![a-z])<alone>(?P<m>[0-9]{1,2}[-/]|0?[0-9]{2}[./])(?P<y><year>)(?![0-9])", read_date),
    (r"<fiscal>(?P<y><any-year>)<end>", read_fiscal_year),
]
_MONTHS: list[tuple[str, Reader]] = [
    (r"<first-half>", lambda match: Mark(*match.span(), kind=PeriodKind.HALF, number=1)),
    (r"<second-half>", lambda match: Mark(*match.span(), kind=PeriodKind.HALF, number=2)),
    (r"(?<![^\W\d_])(?P<w><month-name>)\.?(?![^\W\d_])", read_month_name),
    (r"(?<![0-9])(?P<m>1[0-2]|0?[1-9])(?:月份?|월)", read_month_number),
    (r"(?<![^\W\d_])(?:<counter>)[ _]?(?P<f>0?1[0-2]|0{0,2}[1-9])(?![^\W_])", read_month_number),
]
_BARE_YEARS: list[tuple[str, Reader]] = [
    (r"(?<![a-z0-9])['\u2019](?P<y>[0-9]{2})(?![0-9])", read_year),
    (r"<alone>(?P<y><year>)<end>", read_year),
]


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
    dates = [(_COMPACT, read_date), *_DATES] if compact else _DATES
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
        "1-2": "[0-9]{1,2}",
        "fiscal": rf"(?<![a-z])(?:{_any_of(map(fold_text, words.fiscal.prefixes))})[ '\u2019.:_-]*",
        "eras": _any_of(words.era),
        "month-name": _any_of(words.month_of),
        "ordinal": _any_of(words.ordinal_of),
        "counter": _any_of(words.counter_words),
        "first-half": _any_of(words.half.first),
        "second-half": _any_of(words.half.second),
    }


def _part_readers() -> list[tuple[str, Reader]]:
    """Quarters, halves and months, in words and in letters."""
    words = calendar_words()
    readers: list[tuple[str, Reader]] = []
    for kind, listed in ((PeriodKind.QUARTER, words.quarter), (PeriodKind.HALF, words.half)):
        last = MONTHS_IN_YEAR // kind
        read = part_reader(kind, last)
        word, letters = _any_of(map(fold_text, listed.words)), "".join(listed.letters)
        behind = _any_of(map(fold_text, (*listed.words, *listed.behind)))
        readers += [
            (rf"(?<![^\W_])第?{_NTH}{_NTH_ENDING}[ \-_]*(?:fiscal )?(?:{behind})(?![a-z])", read),
            (rf"(?<![^\W\d_])(?:{word})\.?[ \-_]*{_NTH}(?![^\W_])", read),
            (rf"(?<![^\W\d_])(?P<l>[{letters}])[ \-]?(?P<n>[1-{last}])(?![^\W_])", read),
            (rf"(?<![^\W_])(?P<n>[1-{last}])[ \-]?(?P<l>[{letters}])(?![^\W\d_])(?![0-9]{{3}})(?! [1-4]\b)", read),
        ]
    return [*readers, *_MONTHS]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
