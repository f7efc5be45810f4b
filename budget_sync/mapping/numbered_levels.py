"""Columns headed Level 1, Level 2, Level 3 and nothing else: the first is who, the last what for.

In: the columns and the fields found for them. Out: the fields, such levels put in their order.
"""

from collections.abc import Collection, Mapping, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.columns import Column

_LABELS = frozenset({TargetField.DEPARTMENT, TargetField.SUB_CATEGORY})
_SEVERAL = 2
_HALF, _NEARLY_ALL = 0.5, 0.9


def by_their_levels(
    columns: Sequence[Column], found: Mapping[TargetField, list[int]], taken: Collection[int]
) -> Mapping[TargetField, list[int]]:
    """A field that another column has already is left to it; of one level alone nothing can be told."""
    department, sub_category = found[TargetField.DEPARTMENT], found[TargetField.SUB_CATEGORY]
    others = {index for field, indexes in found.items() if field not in _LABELS for index in indexes}
    levels = [column for column in _levels(columns) if column.index not in {*taken, *others}]
    own = {column.index for column in levels}
    if len(levels) < _SEVERAL or not own.issuperset(sub_category):
        return found
    first, *beneath = levels
    if own.issuperset(department) and first.profile.distinct > 1:
        department = [first.index]
    finest = beneath[-1]
    rest = [finest] if finest.profile.fill >= _NEARLY_ALL else beneath
    names = [column.index for column in rest if column.index not in department]
    return {**found, TargetField.DEPARTMENT: department, TargetField.SUB_CATEGORY: names}


def _levels(columns: Sequence[Column]) -> list[Column]:
    """Columns of names whose headers differ by a number that counts up from one, in their order."""
    numbered = {number: column for column in columns if (number := _number(column)) and _holds_names(column)}
    in_order = sorted(numbered)
    return [numbered[number] for number in in_order] if in_order == [*range(1, len(numbered) + 1)] else []


def _number(column: Column) -> int:
    """The 2 of ``Level 2`` or ``LEVEL2``; 0 where a word of the header says more."""
    if "level" not in column.evidence.tags or column.evidence.fields:
        return 0
    digits = [word for word in words_of(column.name) if word.isdigit()]
    return int(digits[0]) if len(digits) == 1 and len(words_of(column.name)) == _SEVERAL else 0


def _holds_names(column: Column) -> bool:
    profile = column.profile
    return profile.filled > 0 and profile.texts - profile.code_like > _HALF
