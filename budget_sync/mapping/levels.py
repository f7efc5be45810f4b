"""Levels of names: the sub-category is the finest, with its parent where it alone does not tell the lines apart.

In: the chosen fields and the texts of the lines. Out: the fields, a parent added in front of the sub-category where
names come again within one department (the same object of expense under several programmes).
"""

from collections.abc import Collection, Mapping, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.columns import Column

_LEAST_AGAIN = 0.05  # fewer lines of one name are doubles, not another level
_MUST_TELL = 0.5
_NAMED, _CALLED_SO = 0.5, 0.9
_MOSTLY, _PROSE = 0.5, 60
_UNTOLD = frozenset({"remark", "person", "code", "place", "lieu", "count"})


def with_parent(
    columns: Sequence[Column],
    fields: Mapping[TargetField, list[int]],
    cells: Mapping[int, Sequence[str]],
    taken: Collection[int],
) -> Mapping[TargetField, list[int]]:
    """``cells``: by column the cells of the lines, '' for empty."""
    sub_category = fields[TargetField.SUB_CATEGORY]
    if len(sub_category) != 1 or not fields[TargetField.DEPARTMENT]:
        return fields
    key = [*fields[TargetField.DEPARTMENT], *fields[TargetField.FISCAL_PERIOD], *sub_category]
    again = _comes_again(cells, key)
    lines = len(cells[sub_category[0]])
    if again <= _LEAST_AGAIN * lines:
        return fields
    told = {
        column.index: _comes_again(cells, [*key, column.index])
        for column in columns
        if _is_level(column)
        and column.index not in taken
        and column.index < sub_category[0]
        and not any(column.index in indexes for indexes in fields.values())
    }
    best = min(told, key=lambda index: (told[index], -index), default=None)
    if best is None or told[best] > _MUST_TELL * again:
        return fields
    return {**fields, TargetField.SUB_CATEGORY: [best, *sub_category]}


def units_in_units(
    columns: Sequence[Column],
    fields: Mapping[TargetField, list[int]],
    cells: Mapping[int, Sequence[str]],
    taken: Collection[int],
) -> Mapping[TargetField, list[int]]:
    """Product groups within product areas, each within one: with nothing else to name the lines, the groups do.

    A column called a department stays it, whatever it lies within.
    """
    department = fields[TargetField.DEPARTMENT]
    if fields[TargetField.SUB_CATEGORY] or len(department) != 1:
        return fields
    used = {*taken, *(index for indexes in fields.values() for index in indexes)}
    units = [column for column in columns if column.index not in used and _is_unit(column)]
    own = columns[department[0]]
    below = [unit for unit in units if _lies_within(cells[unit.index], cells[own.index])]
    if below:
        finest = max(below, key=lambda unit: unit.profile.distinct)
        return {**fields, TargetField.SUB_CATEGORY: [finest.index]}
    called = own.evidence.strength(TargetField.DEPARTMENT) >= _CALLED_SO
    above = [unit for unit in units if not called and _lies_within(cells[own.index], cells[unit.index])]
    nearest = max(above, key=lambda unit: unit.profile.distinct, default=None)
    if nearest is None:
        return fields
    return {**fields, TargetField.DEPARTMENT: [nearest.index], TargetField.SUB_CATEGORY: department}


def _is_unit(column: Column) -> bool:
    return (
        column.code_of is None
        and column.evidence.strength(TargetField.DEPARTMENT) >= _NAMED
        and not column.evidence.tags & _UNTOLD
        and column.profile.texts - column.profile.code_like > _MOSTLY
    )


def _lies_within(own: Sequence[str], above: Sequence[str]) -> bool:
    return len(set(zip(own, above, strict=True))) == len(set(own)) > len(set(above))


def _is_level(column: Column) -> bool:
    profile = column.profile
    return (
        profile.texts - profile.code_like > _MOSTLY
        and profile.mean_length < _PROSE
        and profile.distinct > 1
        and _named_level(column)
    )


def _named_level(column: Column) -> bool:
    """``Level 2`` is one by its name, though a level of its own (``Level``) is but a code."""
    tags = column.evidence.tags
    return "level" in tags or (column.evidence.strength(TargetField.SUB_CATEGORY) >= _NAMED and not tags & _UNTOLD)


def _comes_again(cells: Mapping[int, Sequence[str]], key: Sequence[int]) -> int:
    """How many lines bear the same names as another."""
    texts = list(zip(*(cells[index] for index in key), strict=True))
    return len(texts) - len(set(texts))
