"""What stands side by side in each period and is no version of the other: revenue and expense, or kinds of cost.

In: the columns of one kind of period. Out: by column what tells it from the others of its period, '' for nothing.
"""

import re
from collections.abc import Sequence

from budget_sync.domain.period_text import find_period
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.candidates import Candidate, when_of
from budget_sync.mapping.period_parts import parts_of_periods

_WORDS = re.compile(r"[^\W\d_]+")


def sides_of(candidates: Sequence[Candidate]) -> dict[int, str]:
    """Revenue and expense, the parts of a period, or measures."""
    tags = {one.column.index: one.column.evidence.tags & {"revenue", "expense"} for one in candidates}
    if {"revenue"} in tags.values() and {"expense"} in tags.values():
        return {index: next(iter(own)) if len(own) == 1 else "" for index, own in tags.items()}
    if ordinals := parts_of_periods([(one.column.index, when_of(one), one.column.name) for one in candidates]):
        return ordinals
    settled = len({one.column.evidence.version for one in candidates}) == 1 or all(map(_is_measure, candidates))
    measures = {one.column.index: _measure_name(one, settled=settled) for one in candidates}
    return measures if len(set(measures.values())) > 1 else dict.fromkeys(measures, "")


def _is_measure(one: Candidate) -> bool:
    return "measure" in one.column.evidence.tags


def _measure_name(one: Candidate, *, settled: bool) -> str:
    """``Capital`` of ``2025 Approved Capital``: its name without the period and the version.

    '' for a version of the budget, unless it is ``settled`` that the versions tell no measure from another.
    """
    if not _is_measure(one) or not (settled or one.column.evidence.version is None):
        return ""
    words = [word for word in _WORDS.findall(one.column.name) if find_period(word) is None]
    return " ".join(word for word in words if word.casefold() != "fy" and not vocabulary().versions.is_whole(word))
