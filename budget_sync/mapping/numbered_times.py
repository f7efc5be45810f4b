"""Headers that count years, as applications for grants have them: ``Year 1 | Year 2 | Year 3``; and weeks or days.

In: the headers. Out: the places of those that count years from one on and say else the same, with the year that each
counts; which year is the first, the file's title or a person says. Whether a header counts a week or a day, which is
no period of ours and no department either.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync.domain.vocabulary.fold import fold_text

_LEAST = 2
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_QUARTERS = _ROMAN[:4]


def numbered_years(labels: Sequence[str]) -> dict[int, PeriodText]:
    """Counted headers of one wording; one ``Year 1`` alone, or years that begin with the third, count nothing."""
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    for place, label in enumerate(labels):
        folded = " ".join(fold_text(label).split())
        if found := _years_in(folded):
            number, wording = found
            counted[wording][place] = number
    return {
        place: PeriodText(PeriodKind.YEAR, number)
        for run in counted.values()
        if len(run) >= _LEAST and sorted(run.values()) == list(range(1, len(run) + 1))
        for place, number in run.items()
    }


def numbered_groups(upper: Sequence[str]) -> dict[int, PeriodText]:
    """Headers over several columns each: ``Year 1`` over ``Grant`` and ``Match``, ``Year 2`` over both again."""
    groups = list(dict.fromkeys(upper))
    years = numbered_years(groups)
    return {place: years[group] for place, text in enumerate(upper) if (group := groups.index(text)) in years}


def counted_periods(labels: Sequence[str]) -> dict[int, PeriodText]:
    """Months, ``I`` to ``XII`` or ``T1`` to ``T12`` (tháng) side by side; or quarters, ``I`` to ``IV`` and no other."""
    written = [label.strip().upper() for label in labels]
    months = [PeriodText(PeriodKind.MONTH, number, fiscal_month=True) for number in range(1, len(_ROMAN) + 1)]
    for run in (_ROMAN, [f"T{number}" for number in range(1, len(_ROMAN) + 1)]):
        if (first := _place_of(run, written)) is not None:
            return dict(enumerate(months, first))
    quarters = [PeriodText(PeriodKind.QUARTER, number) for number in range(1, len(_QUARTERS) + 1)]
    alone = sum(label in _ROMAN for label in written) == len(_QUARTERS)
    first = _place_of(_QUARTERS, written) if alone else None
    return dict(enumerate(quarters, first)) if first is not None else {}


def _place_of(run: Sequence[str], labels: Sequence[str]) -> int | None:
    """Where the whole run stands side by side."""
    places = range(len(labels) - len(run) + 1)
    return next((place for place in places if [*labels[place : place + len(run)]] == [*run]), None)


def counts_weeks(label: str) -> bool:
    """``Week 3``, ``Day 1``."""
    return _counted(calendar_words().week_words).fullmatch(" ".join(fold_text(label).split())) is not None


def _years_in(folded: str) -> tuple[int, str] | None:
    """Which year a header counts, and what else it says."""
    for pattern in (_counted(calendar_words().year_counter_words), *_counted_before()):
        if match := pattern.search(folded):
            said = match[match.lastgroup or "n"]
            number = int(said) if said.isdecimal() else calendar_words().year_number_of[said]
            return number, f"{folded[: match.start()]}#{folded[match.end() :]}"
    return None


@cache
def _counted(words_before: frozenset[str]) -> re.Pattern[str]:
    """``Year 3``, ``Y3``, ``Year Three``."""
    named = _any_of(calendar_words().year_number_of)
    number = rf"(?:[ ._-]?(?P<n>[1-9][0-9]?)|[ ._-](?P<o>{named}))"
    return re.compile(rf"(?<![^\W_])(?:{_any_of(words_before)}){number}(?![^\W_])")


@cache
def _counted_before() -> tuple[re.Pattern[str], ...]:
    """``第3年``, ``第三年``, ``3년차``; ``3rd year``, ``Third year``, ``3. Jahr``."""
    words = calendar_words().year_counted
    named = _any_of(calendar_words().year_number_of)
    glued = rf"第? ?(?:(?P<n>[1-9][0-9]?)|(?P<o>{named}))(?:{_any_of(words.glued)})"
    spaced = rf"(?:(?P<n>[1-9][0-9]?)(?:{_any_of(words.endings)})|(?P<o>{named})) (?:{_any_of(words.words)})(?![^\W_])"
    return tuple(re.compile(rf"(?<![^\W_]){pattern}") for pattern in (glued, spaced))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(map(fold_text, words), key=len, reverse=True))
