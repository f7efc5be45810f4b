"""Whether the amounts of a file are all negative: then their sign is a habit of the file, and they are turned round.

In: the amounts of the whole file with their line types, part by part. Out: the line types that are turned round, and a
note on each. Rule: ``Signs`` of the semantics.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal

from budget_sync.domain.fields import LineType

_NAMES = {LineType.EXPENSE.value: "expense", LineType.REVENUE.value: "revenue"}


class Signs:
    """Counts the amounts of each line type that are not nought, and the negative ones among them."""

    def __init__(self) -> None:
        self._told: Counter[str] = Counter()
        self._negative: Counter[str] = Counter()

    def add(self, values: Sequence[Decimal | None], line_types: Sequence[str]) -> None:
        """Count the amounts of one part."""
        self._told.update(own for value, own in zip(values, line_types, strict=True) if value)
        self._negative.update(own for value, own in zip(values, line_types, strict=True) if value and value < 0)

    def is_settled(self, line_types: Collection[str]) -> bool:
        """Whether further amounts of these line types can turn nothing round: each has a positive one."""
        return all(self._told[own] > self._negative[own] for own in _NAMES if own in line_types)

    @property
    def turned(self) -> frozenset[str]:
        """The line types whose amounts are all negative, were it one alone."""
        return frozenset(own for own in _NAMES if 0 < self._told[own] == self._negative[own])

    def notes(self) -> list[str]:
        """A sentence on each line type that is turned round."""
        return [
            f"All {self._told[own]} {name} amounts are negative in the file; they were loaded as positive."
            if self._told[own] > 1
            else f"The only {name} amount is negative in the file; it was loaded as positive."
            for own, name in _NAMES.items()
            if own in self.turned
        ]
