"""A mapping that a person approved, laid over the columns again: the same bytes give the same lines.

In: the approved mappings and what was chosen without them. Out: the amounts and the fields as approved.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.mapping.amount_choice import AmountChoice, ChosenAmount
from budget_sync.mapping.analysis import ColumnMapping
from budget_sync.mapping.columns import Column


def approved(
    mappings: Sequence[ColumnMapping], columns: Sequence[Column], found: AmountChoice
) -> tuple[AmountChoice, Mapping[TargetField, list[int]]]:
    """Only what the mappings say; what a column gives to its lines beside is taken over where it was chosen too."""
    by_index = {column.index: column for column in columns}
    known = {one.column.index: one for one in found.chosen}
    amounts: list[ChosenAmount] = []
    fields: dict[TargetField, list[int]] = {field: [] for field in TargetField}
    for mapping in mappings:
        column = by_index.get(mapping.column_index)
        if column is None or mapping.target_field is None:
            continue
        if mapping.target_field is TargetField.BUDGETED_AMOUNT:
            amounts.append(_amount(column, mapping, known.get(column.index)))
        else:
            fields[mapping.target_field].append(column.index)
    layout = found.layout if len(amounts) > 1 or found.layout is Layout.WIDE_VERSIONS else Layout.LONG
    return AmountChoice(layout, amounts, found.left_out, ways=found.ways), fields


def _amount(column: Column, mapping: ColumnMapping, known: ChosenAmount | None) -> ChosenAmount:
    return ChosenAmount(
        column,
        known.period if known else column.period,
        mapping.label or "",
        known.line_type if known else None,
        known.is_main if known else True,
        mapping.period or "",
    )
