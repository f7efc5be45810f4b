"""Amounts of one length side by side: ``Police | Fire | Library``, where figures of five digits each are no codes.

In: the headers, names and profiles of the columns. Out: the places of those that are amounts as their neighbours are.
"""

from collections.abc import Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.period_text import find_period
from budget_sync.mapping.names import NameEvidence
from budget_sync.mapping.values import ColumnProfile

_SEVERAL = 3
_NEARLY_ALL = 0.9
_LIKE_EACH_OTHER = 20  # times as large, at the most
_NAMES_FIELD = 0.6
_PAID_FOR = {"expense", "measure"}  # Operating expenses beside Capital outlay


def amounts_beside(
    labels: Sequence[str], names: Sequence[NameEvidence], profiles: Sequence[ColumnProfile]
) -> frozenset[int]:
    """Three and more behind the names, whose headers say as little as each other's, of about one size."""
    found: set[int] = set()
    run: list[ColumnProfile] = []
    texts = False
    for label, name, profile in zip(labels, names, profiles, strict=True):
        if texts and _is_plain(label, name, profile):
            run.append(profile)
            continue
        found |= _of_one_size(run)
        run = []
        texts = texts or profile.texts > _NEARLY_ALL
    return frozenset(found | _of_one_size(run))


def _is_plain(label: str, name: NameEvidence, profile: ColumnProfile) -> bool:
    """Numbers in no order, each but once or twice, under a word that nobody knows."""
    if not label.strip() or profile.numbers < _NEARLY_ALL or profile.rises or 2 * profile.distinct < profile.filled:
        return False
    told = any(name.strength(field) >= _NAMES_FIELD for field in TargetField) and not name.tags & _PAID_FOR
    return not told and not name.tags & {"code", "count"} and name.version is None and find_period(label) is None


def _of_one_size(run: Sequence[ColumnProfile]) -> set[int]:
    """None where one is much larger than the others: it may be their code."""
    sizes = [profile.magnitude for profile in run if profile.magnitude]
    like = len(sizes) >= _SEVERAL and max(sizes) <= _LIKE_EACH_OTHER * min(sizes)
    return {profile.index for profile in run} if like else set()
