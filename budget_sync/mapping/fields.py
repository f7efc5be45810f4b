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
    return {field: [] if index is None else [index] for field, index in zip(LABEL_FIELDS, chosen, strict=True)}
