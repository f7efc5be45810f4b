"""Lines that ``Total revenue`` adds up: what is earned is not there to be spent, whatever the lines are called.

In: the texts, the rows and the amounts. Out: the texts, such lines of no other type marked as revenue.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from budget_sync.domain.fields import LineType
from budget_sync.mapping.control import control_totals
from budget_sync.mapping.line_type_beside import line_type_of
from budget_sync.mapping.understanding import RowTexts
from budget_sync.reading.structure.rows import AmountCells, Rows


def with_earned_lines(
    texts: RowTexts, rows: Rows, amounts: Sequence[AmountCells], columns: Collection[int]
) -> RowTexts:
    """Only where the total agrees with its lines to the cent; a section or a column that says a type is believed.

    ``Total sales`` is the department's of that name, but in a statement that ends in a result.
    """
    statement = any(total.is_result for total in rows.totals) and not any(texts.department)
    types_of = {total: line_type_of(total.label, in_statement=statement) for total in rows.totals}
    named = [total for total, line_type in types_of.items() if line_type is LineType.REVENUE]
    if not named:
        return texts
    right = {total.row for total in control_totals(replace(rows, totals=named), amounts, columns) if total.agrees}
    earned = {member for total in named if total.row in right for member in total.members}
    types = zip(texts.rows, texts.line_type, strict=True)
    return replace(texts, line_type=[own or str(LineType.REVENUE) * (row in earned) for row, own in types])
