"""Numbered heads that money stands under, whose name could as well be the money: Vote 1, Vote 5 beside the estimates.

In: the columns of numbers. Out: those of them that number heads.
"""

from collections.abc import Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.columns import Column

_NAMED = 0.6
_HALF = 0.5
_BEYOND = 1000  # times as large as the highest number of a head are the amounts beside it


def heads_of_money(numeric: Sequence[Column]) -> set[int]:
    """Named both an amount and what it is for; small whole numbers that come again beside amounts far larger."""
    amounts = [column for column in numeric if column.period is not None or _strength(column) >= _NAMED]
    return {
        column.index
        for column in numeric
        if _may_be_head(column)
        and any(other.profile.magnitude > _BEYOND * column.profile.largest for other in amounts if other is not column)
    }


def _strength(column: Column) -> float:
    return column.evidence.strength(TargetField.BUDGETED_AMOUNT)


def _may_be_head(column: Column) -> bool:
    evidence, profile = column.evidence, column.profile
    named = max(evidence.strength(TargetField.DEPARTMENT), evidence.strength(TargetField.SUB_CATEGORY))
    again = profile.distinct <= _HALF * profile.filled and profile.whole == 1.0 and not profile.money_marks
    return min(named, _strength(column)) >= _NAMED and column.period is None and again
