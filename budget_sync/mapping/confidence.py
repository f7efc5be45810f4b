"""How sure a mapping is: the margin of its score becomes a probability that was measured.

In: the scores of a column. Out: a number between 0 and 1; 0.95 was right 95 times in 100 on labelled files.
The steps stand in ``calibration.toml``, fitted by ``fit.py`` (isotonic: a larger margin is never less sure).
"""

from bisect import bisect_right
from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary.files import read_toml


class Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``margins`` rise; ``probabilities[i]`` holds from ``margins[i]`` on, the first also below it."""

    margins: list[float]
    probabilities: list[float]


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One curve for the columns of names and periods, one for amounts."""

    labels: Steps
    amounts: Steps


@cache
def calibration() -> Calibration:
    """The committed curves."""
    return read_toml(files(__package__).joinpath("calibration.toml").read_bytes(), Calibration)


def confidence_of(field: TargetField, margin: float) -> float:
    """The probability that a column with this margin is the field."""
    steps = calibration().amounts if field is TargetField.BUDGETED_AMOUNT else calibration().labels
    place = max(bisect_right(steps.margins, margin) - 1, 0)
    if place + 1 >= len(steps.margins) or margin < steps.margins[0]:
        return steps.probabilities[place]
    low, high = steps.margins[place], steps.margins[place + 1]
    share = (margin - low) / (high - low)
    return steps.probabilities[place] + share * (steps.probabilities[place + 1] - steps.probabilities[place])
