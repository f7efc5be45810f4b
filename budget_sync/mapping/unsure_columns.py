"""A column that every line needs, taken with hardly more than even odds: a person says whether it is the right one.

In: what each column was taken for. Out: a question a field. What a person mapped is not asked about.
"""

from collections.abc import Iterator, Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name
from budget_sync.mapping.analysis import Answer, ColumnMapping, Question

UNSURE_COLUMN = "unsure_column"
_REQUIRED = (TargetField.DEPARTMENT, TargetField.FISCAL_PERIOD, TargetField.BUDGETED_AMOUNT)
_LIKELY = 0.6


def unsure_questions(mappings: Sequence[ColumnMapping]) -> Iterator[Question]:
    """One for each required field of whose columns none is likely right."""
    for field in _REQUIRED:
        columns = [mapping for mapping in mappings if mapping.target_field is field]
        best = max(columns, key=lambda mapping: mapping.confidence, default=None)
        if best is not None and best.confidence < _LIKELY:
            name = clean_name(best.source_column) or f"column {best.column_index + 1}"
            yield Question(
                code=UNSURE_COLUMN,
                text=f"Is {name!r} {field.in_words}? It was taken for it at {best.confidence:.0%}.",
                answers=[Answer("yes", "Yes", "it is loaded as that, and the same columns are not asked about again")],
                field=field,
            )
