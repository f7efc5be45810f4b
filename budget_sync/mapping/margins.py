"""By how much a column beats what else could have been: the figure that a confidence is read from.

In: the reading of a sheet, a column and its field. Out: the margin in points of the score.
"""

from statistics import median

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.mapping.columns import Column
from budget_sync.mapping.score import FIELDS
from budget_sync.mapping.sheet import SheetReading

_BEYOND_DOUBT = 2.0
_AGREEMENT = 1.0  # columns side by side bear each other out
_TELLING = 24  # so many columns of a series speak for all: each asks this, and a file may have thousands


def margin_of(reading: SheetReading, column: Column, field: TargetField) -> float:
    """Against leaving the field empty and against the best other column for it, whichever is nearer."""
    place = FIELDS.index(field)
    own = reading.scores.scores[place][column.index]
    margin = own - reading.scores.none[place]
    if field is TargetField.BUDGETED_AMOUNT:
        if reading.amounts.layout is not Layout.LONG:
            # columns side by side are taken or left as one: no month is less sure than its neighbours
            beside = reading.amounts.chosen[:_TELLING]
            return (
                median(reading.scores.scores[place][one.column.index] for one in beside)
                - reading.scores.none[place]
                + _AGREEMENT
            )
        rivals = [reading.scores.scores[place][rival.index] for rival in reading.amounts.rivals]
    else:
        rivals = [
            score
            for index, score in enumerate(reading.scores.scores[place])
            if index != column.index and not any(one.column.index == index for one in reading.amounts.chosen)
        ]
    return min(margin, *(own - rival + _rivalry(own) for rival in rivals)) if rivals else margin


def _rivalry(own: float) -> float:
    """A rival counts less where the column itself is beyond doubt."""
    return min(max(own, 0.0), _BEYOND_DOUBT) / _BEYOND_DOUBT
