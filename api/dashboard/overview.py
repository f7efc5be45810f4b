"""Which year and currency a dashboard shows, and its figures, read in one transaction: for the route and the page.

In: a caller's terms, what was asked for. Out: ``Shown``.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from api.connections import Connections
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.overview import YearOverview
from budget_sync.approval.statistics import (
    ImportCount,
    KnownYear,
    count_imports,
    known_years,
    read_department,
    read_overview,
)
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.periods import FiscalPeriod, PeriodKind

IMPORT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """``years`` and ``currencies``: what there is to choose from; both hold what is shown, even where it is empty."""

    overview: YearOverview
    years: list[int]
    currencies: list[str]
    imports: list[ImportCount]


async def read_shown(
    connections: Connections,
    terms: CustomerTerms,
    fiscal_year: str | None,
    currency: str | None,
    department: str | None = None,
) -> Shown:
    """The figures of the year asked for, else of the present one, else of the latest there is.

    Raises:
        InvalidRequestError: the year is none.
    """
    asked = _asked_year(fiscal_year)
    async with connections.tenant(terms.customer_id) as connection:
        known = await known_years(connection, terms)
        year = asked or _best_year(known, terms.fiscal_year_start)
        currencies = _currencies(known, year, terms.currency)
        shown = (currency or currencies[0]).upper()
        if department is None:
            overview = await read_overview(connection, terms, year, shown)
        else:
            overview = await read_department(connection, terms, year, shown, department)
        imports = await count_imports(connection, terms.customer_id, IMPORT_DAYS)
    years = sorted({year, *(each.year for each in known)}, reverse=True)
    return Shown(overview, years, sorted({shown, *currencies}), imports)


def _asked_year(code: str | None) -> int | None:
    if code is None:
        return None
    period = FiscalPeriod.from_code(code)
    if period.kind is not PeriodKind.YEAR:
        raise InvalidRequestError(f"{code} is no fiscal year. Write FY2025.", field="fiscalYear")
    return period.year


def _best_year(known: list[KnownYear], fiscal_year_start: int) -> int:
    today = datetime.now(UTC)
    present = FiscalPeriod(today.year, PeriodKind.MONTH, today.month).fiscal_year(fiscal_year_start)
    years = [each.year for each in known]
    return present if present in years or not years else years[0]


def _currencies(known: list[KnownYear], year: int, own: str) -> list[str]:
    """Those of the year: the customer's own first, then by how many lines they have."""
    lines = next((each.lines for each in known if each.year == year), {})
    found = sorted(lines, key=lambda currency: (currency != own, -lines[currency], currency))
    return found or [own]
