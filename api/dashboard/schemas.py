"""What a dashboard is made of, as it stands on the wire."""

from datetime import datetime
from uuid import UUID

import msgspec

from budget_sync.approval.overview import NamedFigures, PeriodFigures, YearFigures
from budget_sync.approval.statistics import ImportCount


class Totals(msgspec.Struct, frozen=True, rename="camel"):
    """Expense and revenue, apart."""

    expense: YearFigures
    revenue: YearFigures


class DashboardStats(msgspec.Struct, frozen=True, rename="camel"):
    """A fiscal year in one currency, what is used most first; imports of the last 30 days.

    ``fiscal_years`` and ``currencies``: what else there is to ask for. ``set_aside_lines``: lines of finer periods than
    others of the same department and sub-category; a year and its months are never added.
    """

    customer_id: UUID
    fiscal_year: str
    fiscal_years: list[str]
    currency: str
    currencies: list[str]
    totals: Totals
    departments: list[NamedFigures]
    periods: list[PeriodFigures]
    set_aside_lines: int
    imports: list[ImportCount]
    as_of: datetime
    success: bool = True
