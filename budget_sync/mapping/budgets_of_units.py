"""``Police budget`` beside ``Fire budget``: columns of one kind that their headers give to a department each.

In: the columns of numbers. Out: the name of the unit by column, none where one of the budgets bears none.
"""

from collections.abc import Sequence

from budget_sync.domain.vocabulary import vocabulary, words_of
from budget_sync.mapping.candidates import Candidate, when_of
from budget_sync.mapping.cell_meanings import department_weight
from budget_sync.mapping.columns import Column

_SURE, _HALF = 0.6, 0.5
_LEAST = 2
_KINDS = frozenset({"revenue", "expense", "measure", "derived", "count", "part"})


def budgets_of_units(candidates: Sequence[Candidate]) -> dict[int, str]:
    """All columns that say budget, of one time and of no version, most of them with the usual name of a department."""
    tags = {one.column.index: one.column.evidence.tags for one in candidates}
    budgets = [one for one in candidates if "budget" in tags[one.column.index] and not _is_sum(one)]
    names = {one.column.index: _unit_of(one.column) for one in budgets}
    alike = len({when_of(one) for one in budgets}) == 1 and all(one.column.evidence.version is None for one in budgets)
    apart = len({name for name in names.values() if name}) == len(names) >= _LEAST
    usual = {index for index, name in names.items() if department_weight(name) >= _SURE}
    kinds = any(tags[index] & _KINDS for index in names.keys() - usual)  # Sales is a department among others
    return names if alike and apart and not kinds and len(usual) > _HALF * len(names) else {}


def _unit_of(column: Column) -> str:
    """What the header says beside the word budget, or the level above it: ``Sales`` over ``Budget`` and ``Actual``."""
    return _without_budget(column.label) or _without_budget(column.name)


def _is_sum(one: Candidate) -> bool:
    return bool(one.sums) or "total" in one.column.evidence.tags


def _without_budget(label: str) -> str:
    words = vocabulary().figures.budget
    return " ".join(part for part in label.replace("_", " ").split() if not (words_of(part) and words.is_whole(part)))
