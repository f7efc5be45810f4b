"""Versions of one budget side by side (Proposed, Adopted, Revised): which one is in force.

In: the candidates. Out: ``AmountChoice``, None where no versions stand side by side.
"""

from collections.abc import Sequence

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.amount_choice import AmountChoice, ChosenAmount, is_strong, is_total, says_budget
from budget_sync.mapping.candidates import LEAST_SCORE, Candidate, counts_unknown
from budget_sync.mapping.numbered_versions import numbered_versions
from budget_sync.mapping.versions import version_number, version_rank

_SEVERAL = 2
_LAST_RESORT = -0.5
_PLANNED = 2.0  # the rank of a proposed one
_REVISED = 4.0  # the rank of a revised budget (versions.toml): a word of it is a word of budgets


def version_key(one: Candidate) -> tuple[bool, bool, bool, float, int, float]:
    """A whole budget, this year's, the version in force; of one rank the later (2nd supplementary before 1st)."""
    evidence = one.column.evidence
    now = "prior" not in evidence.tags
    rank, number = version_rank(evidence), version_number(one.column.name)
    return not one.adds, not counts_unknown(one), now, rank, number, one.score


def by_version(candidates: Sequence[Candidate]) -> AmountChoice | None:
    """Several versions of one budget side by side: the one in force is taken."""
    usable = [one for one in candidates if _is_usable_version(one) and not _is_measure(one)]
    named = [one for one in usable if one.column.evidence.version is not None]
    budgets = [
        one
        for one in usable
        if one not in named and is_strong(one) and ("budget" in one.column.evidence.tags or not is_total(one))
    ]
    versions = {version_rank(one.column.evidence) for one in named}
    if not named or len(named) + len(budgets) < _SEVERAL or (len(versions) < _SEVERAL and not budgets):
        return None
    together = named + budgets
    changed = _changed(together, candidates)
    best = changed or max(together, key=version_key)
    left = {one.column.index: "another version of the budget" for one in together if one is not best}
    equal = [one for one in together if one is not best and one.column.index not in best.sums]
    rivals = [
        one.column for one in equal if one.adds > bool(changed) or version_key(one)[:-1] == version_key(best)[:-1]
    ]
    if not says_budget(best) and version_rank(best.column.evidence) < _REVISED:
        rivals += [one.column for one in equal if one.column not in rivals and _is_nothing_but_budget(one)]
    if _may_be_last_years(best, together):
        planned = (one.column for one in equal if version_rank(one.column.evidence) <= _PLANNED)
        rivals += [column for column in planned if column not in rivals]
    return AmountChoice(Layout.WIDE_VERSIONS, [ChosenAmount(best.column, best.column.period)], left, rivals)


def by_numbered_version(candidates: Sequence[Candidate]) -> AmountChoice | None:
    """The last one, and asked about: what V1 and V2 were is nowhere said."""
    versions = numbered_versions(candidates)
    if not versions:
        return None
    *earlier, last = versions
    left = {one.column.index: "another version of the budget" for one in earlier}
    chosen = [ChosenAmount(last.column, last.column.period)]
    return AmountChoice(Layout.WIDE_VERSIONS, chosen, left, [one.column for one in earlier])


def _may_be_last_years(best: Candidate, versions: Sequence[Candidate]) -> bool:
    """``Current budget`` beside ``Proposed budget``, and no adopted one that it could be a revision of."""
    timeless = all(one.column.period is None for one in versions)
    revised = any(_PLANNED < version_rank(one.column.evidence) < _REVISED for one in versions)
    return timeless and not revised and "current" in words_of(best.column.label)


def _is_nothing_but_budget(one: Candidate) -> bool:
    return says_budget(one) and one.column.evidence.strength(TargetField.BUDGETED_AMOUNT) == 1.0


def _changed(versions: Sequence[Candidate], candidates: Sequence[Candidate]) -> Candidate | None:
    """First adopted, then the supplements, then all together: the sum is in force, a supplement no version."""
    own = {one.column.index for one in (*versions, *(one for one in candidates if one.adds))}
    return next((one for one in candidates if len(one.sums) >= _SEVERAL and own.issuperset(one.sums)), None)


def _is_usable_version(one: Candidate) -> bool:
    """Named as an amount; where the name is but the version's (``Definitivo 2024``), that it holds numbers will do."""
    return one.score >= (LEAST_SCORE if one.column.evidence.version is None else _LAST_RESORT)


def _is_measure(one: Candidate) -> bool:
    return bool(one.column.evidence.tags & {"revenue", "expense", "measure"}) and one.column.evidence.version is None
