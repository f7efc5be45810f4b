"""What the import, its source or the customer says where a file is silent."""

from dataclasses import dataclass

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.periods import FIRST_YEAR, LAST_YEAR, FiscalPeriod, PeriodKind


@dataclass(frozen=True, slots=True)
class Defaults:
    """Each None: not said. ``fiscal_period`` is a stored code (``FY2025``), ``currency`` ISO 4217.

    ``fiscal_year_start`` is the month, 1 to 12, in which the customer's fiscal year begins.
    """

    department: str | None = None
    fiscal_period: str | None = None
    currency: str | None = None
    fiscal_year_start: int = 1

    def fiscal_year(self) -> int | None:
        """The fiscal year that completes months and quarters without one; None where no whole year is said.

        Raises:
            InvalidRequestError: the period is none, or a year of which not all months can be kept.
        """
        period = FiscalPeriod.from_code(self.fiscal_period) if self.fiscal_period else None
        if period is None or period.kind is not PeriodKind.YEAR:
            return None
        if not FIRST_YEAR < period.year < LAST_YEAR:
            raise InvalidRequestError(
                f"{period} cannot be the default period: not all of its months can be kept. Give a year from "
                f"FY{FIRST_YEAR + 1} to FY{LAST_YEAR - 1}.",
                code="bad_period",
            )
        return period.year
