"""Years of two figures in headers: ``budget_24`` beside ``budget_25``.

In: the labels of columns of numbers. Out: by place the year that each stands for. One alone could be anything; a run
of them under the same word, with a word of budgets among the words, is a run of years.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import PeriodKind
from budget_sync.mapping.names import says_budget

_LAST = re.compile(r"(?P<word>.*[^\W\d])[ _.'\u2019-]*(?P<year>[0-9]{2})", re.DOTALL)
_FIRST, _FINAL = 14, 45  # 1 to 12 are months, 13 the month in which a year is closed
_CENTURY = 2000
_SEVERAL = 2


def short_years(labels: Sequence[str]) -> dict[int, PeriodText]:
    """By place in ``labels``; none where no run of years has a word that says budget."""
    runs: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for place, label in enumerate(labels):
        match = _LAST.fullmatch(label.strip())
        if match is not None and _FIRST <= int(match["year"]) <= _FINAL:
            runs[match["word"].casefold()][place] = int(match["year"])
    told = {word: years for word, years in runs.items() if _run_on(list(years.values()))}
    if not any(map(says_budget, told)):
        return {}
    return {
        place: PeriodText(PeriodKind.YEAR, year=_CENTURY + year)
        for years in told.values()
        for place, year in years.items()
    }


def _run_on(years: Sequence[int]) -> bool:
    """Each once, and none left out between the first and the last."""
    return len(years) >= _SEVERAL and sorted(years) == list(range(min(years), min(years) + len(years)))
