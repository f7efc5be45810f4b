"""A column that every line needs, taken with hardly more than even odds: a person says whether it is the right one.

In: the columns, and what each was taken for. Out: a question a field. What a person mapped is not asked about, nor what
its header calls by its name.
"""

from collections.abc import Iterator, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name
from budget_sync.mapping.analysis import Answer, ColumnMapping, Question
from budget_sync.mapping.columns import Column

UNSURE_COLUMN = "unsure_column"
_REQUIRED = (TargetField.DEPARTMENT, TargetField.FISCAL_PERIOD, TargetField.BUDGETED_AMOUNT)
_LIKELY = 0.6
_CALLED_SO = 0.9


def unsure_questions(columns: Sequence[Column], mappings: Sequence[ColumnMapping]) -> Iterator[Question]:
    """One for each required field of whose columns none is likely right."""
    for field in _REQUIRED:
        taken = [mapping for mapping in mappings if mapping.target_field is field]
        named = any(columns[mapping.column_index].evidence.strength(field) >= _CALLED_SO for mapping in taken)
        best = max(taken, key=lambda mapping: mapping.confidence, default=None)
        if best is not None and best.confidence < _LIKELY and not named:
            name = clean_name(best.source_column) or f"column {best.column_index + 1}"
            yield Question(
                code=UNSURE_COLUMN,
                text=f"Is {name!r} {field.in_words}? It was taken for it at {best.confidence:.0%}.",
                answers=[Answer("yes", "Yes", "it is loaded as that, and the same columns are not asked about again")],
                field=field,
            )
