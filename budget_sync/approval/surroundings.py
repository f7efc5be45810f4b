"""What a person could have meant where no line answers: near names, and the periods that there are.

In: the names and periods that the customer has. Out: ``Surroundings``. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from budget_sync.domain.names import fold_name

_NEAR_ENOUGH = 75.0  # of 100: 'Enginering' scores 95 for 'Engineering', 'Marketing' 30
_NEAR_NAMES = 3
_PERIODS_NAMED = 12


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``department_known``: the department itself has lines, so the sub-category or the period is what failed."""

    department_known: bool = False
    near_departments: list[str] = field(default_factory=list)
    near_sub_categories: list[str] = field(default_factory=list)
    known_periods: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A sub-category ('' for the general line) and a period that the department has a line for."""

    sub_category: str
    fiscal_period: str


def near_names(name: str, known: Sequence[str]) -> list[str]:
    """The known names that a person could have meant, best first, at most three."""
    folded = [fold_name(known_name) for known_name in known]
    scores = process.extract(fold_name(name), folded, scorer=fuzz.WRatio, score_cutoff=_NEAR_ENOUGH, limit=_NEAR_NAMES)
    return [known[position] for _, _, position in scores]


def near_departments(name: str, known: Sequence[str]) -> Surroundings:
    """For a department that has no line at all."""
    return Surroundings(near_departments=near_names(name, known))


def within_department(sub_category: str | None, places: Sequence[KnownPlace]) -> Surroundings:
    """For a department that has lines, but none that fits: the other periods, or the near sub-categories."""
    key = fold_name(sub_category)
    exact = [place for place in places if fold_name(place.sub_category) == key] if key else list(places)
    if key and not exact:
        names = sorted({place.sub_category for place in places if place.sub_category})
        near = near_names(key, names)
        general = [] if near else [place for place in places if not place.sub_category]
        return Surroundings(department_known=True, near_sub_categories=near, known_periods=_periods(general))
    return Surroundings(department_known=True, known_periods=_periods(exact))


def _periods(places: Sequence[KnownPlace]) -> list[str]:
    """The newest ones, in order."""
    return sorted({place.fiscal_period for place in places})[-_PERIODS_NAMED:]
