"""Days beside amounts whose headers say when: when a post begins or a contract ends, and no period of theirs.

In: the fields and the chosen amounts. Out: the fields, such days left out of the period.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.period_text import PeriodText, parse_period
from budget_sync.mapping.amount_choice import AmountChoice
from budget_sync.mapping.columns import Column

_HALF = 0.5
_LAST_DAYS = 28
_TIME = {Layout.WIDE_MONTHS, Layout.WIDE_QUARTERS, Layout.WIDE_HALVES, Layout.WIDE_YEARS}


def without_days(
    columns: Sequence[Column], found: Mapping[TargetField, list[int]], amounts: AmountChoice
) -> Mapping[TargetField, list[int]]:
    """Only where every header says its year: else the rows must.

    Beside one such header (``FY25 Appropriation``) the first days of months are the months of its lines.
    """
    periods = [one.period for one in amounts.chosen]
    if not periods or any(period is None or period.year is None for period in periods):
        return found
    own = found[TargetField.FISCAL_PERIOD]
    months = set() if amounts.layout in _TIME else {index for index in own if not of_any_day(columns[index])}
    kept = [index for index in own if columns[index].profile.dates <= _HALF or index in months]
    return {**found, TargetField.FISCAL_PERIOD: kept}


def of_any_day(column: Column) -> bool:
    """Several days, mostly neither the first nor the last of a month, however ``3/1/2024`` is read."""
    read = [period for text in column.profile.samples if (period := parse_period(text)) is not None]
    within = [period for period in read if all(1 < day < _LAST_DAYS for day in _days(period))]
    return len({period.day for period in read}) > 1 and len(within) > _HALF * len(read)


def _days(period: PeriodText) -> list[int]:
    return [one.day or 1 for one in (period, period.other) if one is not None]
