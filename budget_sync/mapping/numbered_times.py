"""Headers that count years, as applications for grants have them: ``Year 1 | Year 2 | Year 3``; and weeks or days.

In: the headers. Out: the places of those that count years from one on and say else the same, with the year that each
counts; which year is the first, the file's title or a person says. Whether a header counts a week or a day, which is
no period of ours and no department either.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync.domain.vocabulary.fold import fold_text

_LEAST = 2


def numbered_years(labels: Sequence[str]) -> dict[int, PeriodText]:
    """Counted headers of one wording; one ``Year 1`` alone, or years that begin with the third, count nothing."""
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    for place, label in enumerate(labels):
        folded = " ".join(fold_text(label).split())
        if match := _counted(calendar_words().year_counter_words).search(folded):
            counted[f"{folded[: match.start()]}#{folded[match.end() :]}"][place] = int(match["n"])
    return {
        place: PeriodText(PeriodKind.YEAR, number)
        for run in counted.values()
        if len(run) >= _LEAST and sorted(run.values()) == list(range(1, len(run) + 1))
        for place, number in run.items()
    }


def counts_weeks(label: str) -> bool:
    """``Week 3``, ``Day 1``."""
    return _counted(calendar_words().week_words).fullmatch(" ".join(fold_text(label).split())) is not None


@cache
def _counted(words_before: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(words_before, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{words})[ ._-]?(?P<n>[1-9][0-9]?)(?![^\W_])")
