"""Lines called Revenue, or that ``Total revenue`` adds up: what is earned is not there to be spent.

In: the texts, the rows and the amounts. Out: the texts, such lines of no other type marked as revenue.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from budget_sync.domain.fields import LineType
from budget_sync.mapping.control import control_totals
from budget_sync.mapping.line_type_beside import line_type_of
from budget_sync.mapping.understanding import JOIN, RowTexts
from budget_sync.reading.structure.rows import AmountCells, Rows


def with_earned_lines(
    texts: RowTexts, rows: Rows, amounts: Sequence[AmountCells], columns: Collection[int]
) -> RowTexts:
    """Only where the total agrees with its lines to the cent; a section or a column that says a type is believed.

    ``Total sales`` is the department's of that name, but in a statement that ends in a result.
    """
    called = _called_revenue(texts, rows)
    earned = _added_up(texts, rows, amounts, columns)
    if not earned and not any(called):
        return texts
    types = zip(texts.rows, texts.line_type, called, strict=True)
    told = [own or str(LineType.REVENUE) * (by_name or row in earned) for row, own, by_name in types]
    return replace(texts, line_type=told)


def _called_revenue(texts: RowTexts, rows: Rows) -> list[bool]:
    """``Revenue`` among the costs of a department; where names are departments, only above a result of the whole."""
    ends_in_result = any(total.is_result for total in rows.totals)
    names = texts.department if ends_in_result and not any(texts.sub_category) else texts.sub_category
    known = {name: line_type_of(name.partition(JOIN)[0]) is LineType.REVENUE for name in set(names)}
    return list(map(known.__getitem__, names))


def _added_up(texts: RowTexts, rows: Rows, amounts: Sequence[AmountCells], columns: Collection[int]) -> set[int]:
    statement = any(total.is_result for total in rows.totals) and not any(texts.department)
    types_of = {total: line_type_of(total.label, in_statement=statement) for total in rows.totals}
    named = [total for total, line_type in types_of.items() if line_type is LineType.REVENUE]
    if not named:
        return set()
    right = {total.row for total in control_totals(replace(rows, totals=named), amounts, columns) if total.agrees}
    return {member for total in named if total.row in right for member in total.members}
