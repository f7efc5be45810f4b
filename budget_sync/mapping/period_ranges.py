"""Numbers of periods that only begin a range: ``Period From`` 1 beside ``Period To`` 12 is a year, and no January.

In: a column of numbers and those of the table. Out: yes or no.
"""

from collections.abc import Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.columns import Column

_NAMED = 0.5


def bounds_range(column: Column, columns: Sequence[Column]) -> bool:
    """Another such column stands beside it and holds other numbers; where both hold the same it is the month."""
    beside = [other for other in columns if abs(other.index - column.index) == 1 and _counts(other)]
    return _counts(column) and any(other.profile.samples != column.profile.samples for other in beside)


def _counts(column: Column) -> bool:
    numbered = column.profile.numbers == column.profile.whole == 1.0 and column.profile.years == 0.0
    return numbered and column.evidence.strength(TargetField.FISCAL_PERIOD) > _NAMED
