"""Quarters and halves by their letter beside what stands in each: ``T1 Budget | T1 Réalisé | T2 Budget``, ``S1 prévu``.

In: the headers of columns of numbers. Out: by place the quarter or half. A letter with a number may be anything; these
count from one in each wording, and the rest says budget or actual.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import MONTHS_IN_YEAR, PeriodKind
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.domain.vocabulary.fold import fold_text

_LETTERED = re.compile(r"(?<![^\W_])(?:(?P<letter>[ts]) ?(?P<number>[0-9]{1,2})|(?P<first>[0-9]{1,2}) ?t)(?![^\W_])")
_KINDS = {"t": PeriodKind.QUARTER, "s": PeriodKind.HALF}
_LEAST = 2


def lettered_times(labels: Sequence[str]) -> dict[int, PeriodText]:
    """Of one letter at most as many as a year has; more of them are months (tháng) or weeks (semaine)."""
    runs: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for place, label in enumerate(labels):
        folded = " ".join(fold_text(label).split())
        match = _LETTERED.search(folded)
        if match is not None and _says_figures(rest := f"{folded[: match.start()]} {folded[match.end() :]}".strip()):
            runs[match["letter"] or "t", rest][place] = int(match["number"] or match["first"])
    return {
        place: PeriodText(_KINDS[letter], number)
        for (letter, _), run in runs.items()
        if _LEAST <= len(run) <= MONTHS_IN_YEAR // _KINDS[letter]
        and sorted(run.values()) == list(range(1, len(run) + 1))
        for place, number in run.items()
    }


def _says_figures(text: str) -> bool:
    figures = vocabulary().figures
    return any(text in words for words in (figures.budget, figures.actual, figures.forecast, figures.difference))
