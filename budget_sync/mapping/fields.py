"""The columns that are not amounts: department, sub-category, period, currency, line type.

In: the columns and their scores, and the columns already taken as amounts. Out: a column, or none, a field.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from budget_sync.domain.fields import TargetField
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.periods import MONTHS_IN_YEAR
from budget_sync.mapping.assignment import assign
from budget_sync.mapping.columns import Column
from budget_sync.mapping.period_ranges import bounds_range
from budget_sync.mapping.score import FIELDS, FieldScores

LABEL_FIELDS = tuple(field for field in FIELDS if field is not TargetField.BUDGETED_AMOUNT)
_NEVER = -99.0
_MOSTLY = 0.5
_PROSE = 60
_NAMED = 0.6
_CALLED_SO = 0.9
_CODES_NAMED = {TargetField.DEPARTMENT: 0.5, TargetField.SUB_CATEGORY: 0.4}  # an account code says what for, if weakly
_FIGURES = frozenset({"actual", "forecast", "difference", "prior", "person", "remark", "count", "total"})
_HALF_FILLED, _NEARLY_FILLED = 0.5, 0.9


def choose_fields(
    columns: Sequence[Column], scores: FieldScores, taken: Collection[int]
) -> Mapping[TargetField, list[int]]:
    """The columns of each field; a period may take two, a year and a month."""
    table = [
        [_NEVER if column.index in taken else scores.scores[FIELDS.index(field)][column.index] for column in columns]
        for field in LABEL_FIELDS
    ]
    prices = [scores.none[FIELDS.index(field)] for field in LABEL_FIELDS]
    chosen = assign(table, prices)
    found: dict[TargetField, list[int]] = {
        field: [] if index is None else [index] for field, index in zip(LABEL_FIELDS, chosen, strict=True)
    }
    found[TargetField.FISCAL_PERIOD] += _other_half(columns, found, taken)
    for field in (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY):
        found[field] = found[field] or _named_codes(columns, field, {*taken, *_used(found)})
    if not found[TargetField.SUB_CATEGORY] and not found[TargetField.DEPARTMENT]:
        found[TargetField.SUB_CATEGORY] = _only_labels(columns, {*taken, *_used(found)})
    elif not any(column.name.strip() for column in columns):
        found |= _unnamed_levels(columns, found, taken)
    return found


def _used(found: Mapping[TargetField, list[int]]) -> set[int]:
    return {index for indexes in found.values() for index in indexes}


def _named_codes(columns: Sequence[Column], field: TargetField, used: Collection[int]) -> list[int]:
    """``account_id`` over codes that come again, where no column holds the names: the codes name the lines."""
    codes = [
        column
        for column in columns
        if column.index not in used
        and column.evidence.strength(field) >= _CODES_NAMED[field]
        and column.profile.numbers > _NEARLY_FILLED
        and column.profile.whole == 1.0
        and column.profile.fill > _NEARLY_FILLED
        and 1 < column.profile.distinct < column.profile.filled
        and "code" in column.evidence.tags
        and not column.evidence.tags & _FIGURES
        and column.evidence.strength(TargetField.BUDGETED_AMOUNT) < column.evidence.strength(field)
    ]
    best = max(codes, key=lambda column: column.evidence.strength(field), default=None)
    return [] if best is None else [best.index]


def _unnamed_levels(
    columns: Sequence[Column], found: Mapping[TargetField, list[int]], taken: Collection[int]
) -> dict[TargetField, list[int]]:
    """Where no column has a header and two hold names: the one with fewer, else the left one, is the level above.

    Without a header nothing else tells a department, and a column that is left out would be lost.
    """
    fields = (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY)
    others = {*taken, *(index for field, indexes in found.items() if field not in fields for index in indexes)}
    names = [
        column
        for column in columns
        if column.index not in others
        and column.code_of is None
        and column.profile.texts - column.profile.code_like > _MOSTLY
        and column.profile.fill > _MOSTLY
        and column.profile.mean_length < _PROSE
        and column.profile.distinct > 1
    ]
    if len(names) != len(fields):
        return {}
    ordered = sorted(names, key=lambda column: (column.profile.distinct, column.index))
    return {field: [column.index] for field, column in zip(fields, ordered, strict=True)}


def _only_labels(columns: Sequence[Column], used: Collection[int]) -> list[int]:
    """The one column of short texts that is left, whatever it is called: it names the lines."""
    texts = [
        column.index
        for column in columns
        if column.index not in used
        and column.profile.texts > _MOSTLY
        and column.profile.fill > _MOSTLY
        and column.profile.mean_length < _PROSE
        and column.profile.distinct > 1
        and column.profile.periods < _MOSTLY
    ]
    return texts if len(texts) == 1 else []


def _other_half(
    columns: Sequence[Column], found: Mapping[TargetField, Sequence[int]], taken: Collection[int]
) -> list[int]:
    """The month beside the year, or the year beside the month, where they stand in two columns."""
    if not found[TargetField.FISCAL_PERIOD]:
        return []
    own = columns[found[TargetField.FISCAL_PERIOD][0]]
    used = {*taken, *(index for indexes in found.values() for index in indexes)}
    for column in columns:
        if column.index in used or column.evidence.strength(TargetField.FISCAL_PERIOD) < _NAMED:
            continue
        if TargetField.FISCAL_PERIOD in column.evidence.against or bounds_range(column, columns):  # Thru quarter
            continue
        if _holds_years(column) != _holds_years(own) and _holds_parts(own if _holds_years(column) else column):
            return [column.index]
    return []


def _holds_years(column: Column) -> bool:
    return column.profile.years > _MOSTLY and column.profile.numbers > _MOSTLY


def _holds_parts(column: Column) -> bool:
    """Months or quarters: words for them without a year, or numbers up to twelve."""
    profile = column.profile
    if profile.numbers > _MOSTLY:
        return profile.whole == 1.0 and profile.magnitude <= MONTHS_IN_YEAR and profile.distinct <= MONTHS_IN_YEAR
    parts = [parse_period(sample) for sample in profile.samples]
    return all(part is not None and part.year is None for part in parts)


def settle_levels(
    columns: Sequence[Column],
    fields: Mapping[TargetField, list[int]],
    cells: Mapping[int, Sequence[str]],
    taken: Collection[int],
) -> Mapping[TargetField, list[int]]:
    """The sub-category names every line; a column that names only the first line of each group is a level above it.

    ``cells``: by column the cells of the lines, '' for empty.
    """
    sub_category = fields[TargetField.SUB_CATEGORY]
    if len(sub_category) != 1:
        return fields
    settled = dict(fields)
    own = cells.get(sub_category[0], ())
    if own and (is_written_once(own) or not any(own)):
        finer = [column for column in _unused(columns, fields, taken) if _names_nearly_all(cells[column.index])]
        if not finer:
            return fields
        settled[TargetField.SUB_CATEGORY] = [max(finer, key=lambda column: column.profile.distinct).index]
        above = sub_category
    else:
        above = [
            column.index
            for column in _unused(columns, fields, taken)
            if column.index < sub_category[0]
            and is_written_once(cells[column.index])
            and column.evidence.strength(TargetField.SUB_CATEGORY) < _CALLED_SO
        ][:1]
    if not fields[TargetField.DEPARTMENT]:
        settled[TargetField.DEPARTMENT] = above
    return settled


def _unused(columns: Sequence[Column], fields: Mapping[TargetField, list[int]], taken: Collection[int]) -> list[Column]:
    """Columns of short names that no field has yet."""
    used = {*taken, *(index for indexes in fields.values() for index in indexes)}
    return [
        column
        for column in columns
        if column.index not in used
        and column.profile.texts > _MOSTLY
        and column.profile.mean_length < _PROSE
        and not column.evidence.tags & {"remark", "person"}
    ]


def _names_nearly_all(texts: Sequence[str]) -> bool:
    return sum(map(bool, texts)) >= _NEARLY_FILLED * len(texts)


def is_written_once(texts: Sequence[str]) -> bool:
    """A label stands on the first row of its group only: few, the first row among them, none twice in a row.

    The same label may open two groups, one among the revenue and one among the expenses.
    """
    held = [text for text in texts if text]
    if not held or len(held) > _HALF_FILLED * len(texts) or not texts[0]:
        return False
    return all(left != right for left, right in pairwise(held)) and len(set(held)) >= _HALF_FILLED * len(held)
