"""Years of Japanese eras by their letter alone: ``R7`` beside ``R8`` over amounts, ``R3`` below 年度.

In: headers, or the cells of a column and its header. Out: the years. The letters mean something else as often, so that
Japanese must stand beside them.
"""

import re
from collections.abc import Sequence

from budget_sync.domain.period_text import PeriodText
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary.calendar import calendar_words

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_LETTER_AND_COUNT = re.compile(r"\s*(?P<era>[a-z])(?P<count>[0-9]{1,2})\s*", re.IGNORECASE)


def era_headers(labels: Sequence[str], beside: Sequence[str]) -> dict[int, PeriodText]:
    """By place in ``labels``, where Japanese stands ``beside`` them."""
    if not any(map(_JAPANESE.search, beside)):
        return {}
    return {place: year for place, label in enumerate(labels) if (year := _year(label)) is not None}


def era_cells(cells: Sequence[str], header: str) -> list[PeriodText | None] | None:
    """Cell by cell; None where the header is not Japanese or a cell is something else."""
    read = {cell: _year(cell) for cell in set(cells)}
    known = all(year is not None or not cell.strip() for cell, year in read.items())
    if not known or not any(read.values()) or _JAPANESE.search(header) is None:
        return None
    return [read[cell] for cell in cells]


def _year(text: str) -> PeriodText | None:
    match = _LETTER_AND_COUNT.fullmatch(text)
    before_first = calendar_words().era_letters.get(match["era"].casefold()) if match else None
    if match is None or before_first is None:
        return None
    return PeriodText(PeriodKind.YEAR, year=before_first + int(match["count"]))
