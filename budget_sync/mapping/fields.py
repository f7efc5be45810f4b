"""The columns that are not amounts: department, sub-category, period, currency, line type.

In: the columns and their scores, and the columns already taken as amounts. Out: a column, or none, a field.
"""

from collections.abc import Collection, Mapping, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.assignment import assign
from budget_sync.mapping.columns import Column
from budget_sync.mapping.score import FIELDS, FieldScores

LABEL_FIELDS = tuple(field for field in FIELDS if field is not TargetField.BUDGETED_AMOUNT)
_NEVER = -99.0
_MOSTLY = 0.5
_PROSE = 60


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
    if not found[TargetField.SUB_CATEGORY] and not found[TargetField.DEPARTMENT]:
        used = {*taken, *(index for indexes in found.values() for index in indexes)}
        found[TargetField.SUB_CATEGORY] = _only_labels(columns, used)
    return found


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
