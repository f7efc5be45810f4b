"""Days beside amounts whose headers say their months: when a post begins or a contract ends, and no period of theirs.

In: the fields and the chosen amounts. Out: the fields, such days left out of the period.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.mapping.columns import Column
from budget_sync.mapping.layout import AmountChoice

_HALF = 0.5
_TIME = {Layout.WIDE_MONTHS, Layout.WIDE_QUARTERS, Layout.WIDE_HALVES, Layout.WIDE_YEARS}


def without_days(
    columns: Sequence[Column], found: Mapping[TargetField, list[int]], amounts: AmountChoice
) -> Mapping[TargetField, list[int]]:
    """Only where every header says its year: else the rows must."""
    periods = [one.period for one in amounts.chosen]
    if amounts.layout not in _TIME or any(period is None or period.year is None for period in periods):
        return found
    own = found[TargetField.FISCAL_PERIOD]
    return {**found, TargetField.FISCAL_PERIOD: [index for index in own if columns[index].profile.dates <= _HALF]}
