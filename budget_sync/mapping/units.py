"""Who bears the cost, where no header says it: told by the names themselves, or by the kinds of cost beside them.

In: the columns and the fields found for them. Out: the fields, a column of names made the department.
"""

from collections.abc import Collection, Mapping, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.columns import Column

_CLEARLY = 0.72  # more than names that may be costs come to, all of them (0.7); three sure ones bear an unknown one
_CALLED_SO = 0.9
_HALF = 0.5
_UNTOLD = frozenset({"remark", "person", "code", "expense", "revenue"})


def unit_beside_kinds(
    columns: Sequence[Column], found: Mapping[TargetField, list[int]]
) -> Mapping[TargetField, list[int]]:
    """Where the headers are kinds of cost, the one column of names that no word calls otherwise is who bears it."""
    names = found[TargetField.SUB_CATEGORY]
    if found[TargetField.DEPARTMENT] or len(names) != 1:
        return found
    if columns[names[0]].evidence.strength(TargetField.SUB_CATEGORY) > 0.0:
        return found
    return {**found, TargetField.DEPARTMENT: names, TargetField.SUB_CATEGORY: []}


def unit_by_its_names(
    columns: Sequence[Column], found: Mapping[TargetField, list[int]], taken: Collection[int]
) -> Mapping[TargetField, list[int]]:
    """Engineering, Finance, Marketing without a header or under ``Name``; under ``Category`` they may be costs."""
    if found[TargetField.DEPARTMENT]:
        return found
    names = found[TargetField.SUB_CATEGORY]
    used = {*taken, *(index for indexes in found.values() for index in indexes if index not in names)}
    units = [column.index for column in columns if column.index not in used and _names_units(column)][:1]
    rest = [index for index in names if index not in units]
    return {**found, TargetField.DEPARTMENT: units, TargetField.SUB_CATEGORY: rest}


def _names_units(column: Column) -> bool:
    return (
        column.profile.usual_departments >= _CLEARLY
        and column.profile.texts > _HALF
        and column.evidence.strength(TargetField.SUB_CATEGORY) < _CALLED_SO
        and TargetField.DEPARTMENT not in column.evidence.against
        and not column.evidence.tags & _UNTOLD
    )
