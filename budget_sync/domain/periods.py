"""Fiscal periods as values: a year, a half, a quarter or a calendar month.

Stored and shown as ``FY2025``, ``FY2025-H1``, ``FY2025-Q3``, ``2025-03``. A fiscal year is named by the
year in which it ends; the customer's fiscal year start (a month, 1 to 12) says which year a month is in.
How people write periods is read in ``period_text``.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Self

from budget_sync.domain.errors import InvalidRequestError

MONTHS_IN_YEAR = 12
_CODE = re.compile(
    r"(?:FY(?P<year>[0-9]{4})(?:-(?P<part>[HQ])(?P<number>[1-4]))?|(?P<cal>[0-9]{4})-(?P<month>[0-9]{2}))"
)
FIRST_YEAR, LAST_YEAR = 1900, 2199


class PeriodKind(IntEnum):
    """From the smallest to the largest, so that kinds compare by size; the value is the length in months."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class FiscalPeriod:
    """One period. ``year`` is fiscal, but for a month it is the calendar's; ``number`` counts from 1."""

    year: int
    kind: PeriodKind = PeriodKind.YEAR
    number: int = 1

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR or not 1 <= self.number <= MONTHS_IN_YEAR // self.kind:
            raise InvalidRequestError(
                f"There is no period {self.kind.name.lower()} {self.number} of {self.year}.", code="bad_period"
            )

    @classmethod
    @lru_cache(maxsize=4096)
    def from_code(cls, code: str) -> Self:
        """The period of a stored code such as ``FY2025-Q3``.

        Raises:
            InvalidRequestError: the text is no such code.
        """
        match = _CODE.fullmatch(code)
        if match is None:
            raise InvalidRequestError(
                f"{code[:40]!r} is no fiscal period. Write FY2025, FY2025-H1, FY2025-Q3 or 2025-03.",
                code="bad_period",
            )
        if match["month"]:
            return cls(int(match["cal"]), PeriodKind.MONTH, int(match["month"]))
        if match["part"]:
            kind = PeriodKind.HALF if match["part"] == "H" else PeriodKind.QUARTER
            return cls(int(match["year"]), kind, int(match["number"]))
        return cls(int(match["year"]))

    def __str__(self) -> str:
        """The stored code."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year:04d}-{self.number:02d}"
            case PeriodKind.QUARTER:
                return f"FY{self.year:04d}-Q{self.number}"
            case PeriodKind.HALF:
                return f"FY{self.year:04d}-H{self.number}"
        return f"FY{self.year:04d}"

    def months(self, fiscal_year_start: int = 1) -> range:
        """The calendar months it covers, each as ``year * 12 + month - 1``.

        A fiscal year starting in January is the calendar year; one starting in July 2024 is FY2025.
        """
        if self.kind is PeriodKind.MONTH:
            first = self.year * MONTHS_IN_YEAR + self.number - 1
        else:
            first_year = self.year if fiscal_year_start == 1 else self.year - 1
            first = first_year * MONTHS_IN_YEAR + fiscal_year_start - 1 + (self.number - 1) * self.kind
        return range(first, first + self.kind)

    def contains(self, other: Self, fiscal_year_start: int = 1) -> bool:
        """Whether every month of the other is one of its own; a period contains itself."""
        own, others = self.months(fiscal_year_start), other.months(fiscal_year_start)
        return own.start <= others.start and others.stop <= own.stop

    def fiscal_year(self, fiscal_year_start: int = 1) -> int:
        """The fiscal year that it lies in."""
        if self.kind is not PeriodKind.MONTH or fiscal_year_start == 1 or self.number < fiscal_year_start:
            return self.year
        return self.year + 1


def periods_of_year(year: int, fiscal_year_start: int = 1) -> list[FiscalPeriod]:
    """All 19 periods that lie in a fiscal year: the year, its halves, quarters and months, each in order of time."""
    whole = FiscalPeriod(year)
    parts = [
        FiscalPeriod(year, kind, number)
        for kind in (PeriodKind.HALF, PeriodKind.QUARTER)
        for number in range(1, MONTHS_IN_YEAR // kind + 1)
    ]
    months = [
        FiscalPeriod(month // MONTHS_IN_YEAR, PeriodKind.MONTH, month % MONTHS_IN_YEAR + 1)
        for month in whole.months(fiscal_year_start)
    ]
    return [whole, *parts, *months]
