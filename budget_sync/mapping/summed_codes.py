"""Columns that were taken for codes and that a total adds up: ``Parent Co`` beside ``Sub A``, ``Sub B`` and their sum.

In: the columns and their sampled cells. Out: the columns, of which those are codes no longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from budget_sync.mapping.columns import Column
from budget_sync.mapping.left_out import REASONS, reason_against
from budget_sync.mapping.sums import row_totals

_SEVERAL = 3


def without_summed_codes(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> list[Column]:
    """Of three and more that add up in nearly every row, none is a code; what a group adds up to comes again."""
    told = [column for column in columns if column.index in cells and reason_against(column) in (None, REASONS["code"])]
    told = [column for column in told if reason_against(column) is None or _hardly_repeats(column)]
    if all(reason_against(column) is None for column in told):
        return list(columns)
    summed = {part for parts in row_totals(told, cells).values() if len(parts) >= _SEVERAL for part in parts}
    return [_as_amount(column) if column.index in summed else column for column in columns]


def _hardly_repeats(column: Column) -> bool:
    return column.profile.filled < 2 * column.profile.distinct


def _as_amount(column: Column) -> Column:
    evidence = replace(column.evidence, tags=column.evidence.tags - {"code"})
    return replace(column, code_of=None, evidence=evidence, beside_amounts=True)
