"""What stands side by side in each period and is no version of the other: revenue and expense, or kinds of cost.

In: the columns of one kind of period. Out: by column what tells it from the others of its period, '' for nothing.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from budget_sync.domain.period_text import find_period
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.candidates import Candidate, when_of
from budget_sync.mapping.names import read_name
from budget_sync.mapping.period_parts import parts_of_periods
from budget_sync.mapping.versions import version_rank

_WORDS = re.compile(r"[^\W\d_]+")


def sides_of(candidates: Sequence[Candidate], wholes: Sequence[Collection[int]] = ()) -> dict[int, str]:
    """Revenue and expense, the parts of a period, or measures; ``wholes``: what each column that is a sum adds up."""
    tags = {one.column.index: one.column.evidence.tags & {"revenue", "expense"} for one in candidates}
    if {"revenue"} in tags.values() and {"expense"} in tags.values():
        return {index: next(iter(own)) if len(own) == 1 else "" for index, own in tags.items()}
    if ordinals := parts_of_periods([(one.column.index, when_of(one), one.column.name) for one in candidates]):
        return ordinals
    if labels := _labels_of_groups(candidates):
        return labels
    if parts := _parts_of_wholes(candidates, wholes):
        return parts
    settled = len({one.column.evidence.version for one in candidates}) == 1 or all(map(_is_measure, candidates))
    measures = {one.column.index: _measure_name(one, settled=settled) for one in candidates}
    return measures if len(set(measures.values())) > 1 else dict.fromkeys(measures, "")


def _labels_of_groups(candidates: Sequence[Candidate]) -> dict[int, str]:
    """``Revenue`` and ``Capital`` below ``Budget 2024``, below ``Revised 2024`` and below ``Budget 2025``."""
    groups: dict[tuple[str, float], set[str]] = defaultdict(set)
    for one in candidates:
        label = one.column.label.strip()
        if not label or label == one.column.name.strip() or _says_which_budget(label):
            return {}
        groups[when_of(one), version_rank(one.column.evidence)].add(label)
    same = len(set(map(frozenset, groups.values()))) == 1
    each = sum(map(len, groups.values())) == len(candidates) > len(groups)
    return {one.column.index: one.column.label.strip() for one in candidates} if same and each else {}


def _parts_of_wholes(candidates: Sequence[Candidate], wholes: Sequence[Collection[int]]) -> dict[int, str]:
    """``Grants`` and ``Fees`` of each year beside their sum: every column of a period is a part of one whole."""
    periods: dict[str, set[int]] = defaultdict(set)
    for one in candidates:
        periods[when_of(one)].add(one.column.index)
    parts = all(len(own) > 1 and any(own <= set(whole) for whole in wholes) for own in periods.values())
    return {one.column.index: _bare_name(one) for one in candidates} if parts else {}


def _says_which_budget(label: str) -> bool:
    said = read_name(label)
    return bool(said.tags & {"budget", "total"}) or said.version is not None or find_period(label) is not None


def _is_measure(one: Candidate) -> bool:
    return "measure" in one.column.evidence.tags


def _measure_name(one: Candidate, *, settled: bool) -> str:
    """``Capital`` of ``2025 Approved Capital``: its name without the period and the version.

    '' for a version of the budget, unless it is ``settled`` that the versions tell no measure from another.
    """
    if not _is_measure(one) or not (settled or one.column.evidence.version is None):
        return ""
    return _bare_name(one)


def _bare_name(one: Candidate) -> str:
    words = [word for word in _WORDS.findall(one.column.name) if find_period(word) is None]
    return " ".join(word for word in words if word.casefold() != "fy" and not vocabulary().versions.is_whole(word))
