"""Headers that date a month by its last day: ``July 31`` beside ``Sept 30`` is no July of 2031.

In: a row of headers. Out: the same, without the day where all that a month and two figures end are such days.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from functools import cache

from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync.domain.vocabulary.fold import fold_text

_SEVERAL = 3
_LEAP, _COMMON = 2024, 2025


def without_month_ends(cells: Sequence[str]) -> Sequence[str]:
    """The cells as they are where one figure behind a month is no last day of it, or all are the same."""
    found = {place: match for place, cell in enumerate(cells) if (match := _dated().search(fold_text(cell).rstrip()))}
    days = {match["d"] for match in found.values()}
    if len(found) < _SEVERAL or len(days) == 1 or not all(map(_ends_its_month, found.values())):
        return cells
    return [fold_text(cell)[: found[place].start("d")] if place in found else cell for place, cell in enumerate(cells)]


@cache
def _dated() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(calendar_words().month_of, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W\d_])(?P<w>{names})\.?[ \-/_]{{0,2}}(?P<d>[0-9]{{2}})$")


def _ends_its_month(match: re.Match[str]) -> bool:
    month = calendar_words().month_of[match["w"]]
    return int(match["d"]) in {monthrange(year, month)[1] for year in (_LEAP, _COMMON)}
