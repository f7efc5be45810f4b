"""Which year and currency a dashboard shows, and its figures, read in one transaction: for the route and the page.

In: a caller's terms, what was asked for. Out: ``Shown``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from api.connections import Connections
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.overview import YearOverview
from budget_sync.approval.statistics import (
    ImportCount,
    Wanted,
    count_imports,
    known_periods,
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
        by_year: dict[int, list[FiscalPeriod]] = {}
        for period in await known_periods(connection, terms.customer_id):
            by_year.setdefault(period.fiscal_year(terms.fiscal_year_start), []).append(period)
        year = asked or _best_year(by_year.keys(), terms.fiscal_year_start)
        wanted = Wanted(year, currency.upper() if currency else None, by_year.get(year, []))
        if department is None:
            figures = await read_overview(connection, terms, wanted)
        else:
            figures = await read_department(connection, terms, wanted, department)
        imports = await count_imports(connection, terms.customer_id, IMPORT_DAYS)
    overview = figures.overview
    years = sorted({year, *by_year}, reverse=True)
    return Shown(overview, years, sorted({overview.currency, *figures.currencies}), imports)


def _asked_year(code: str | None) -> int | None:
    if code is None:
        return None
    period = FiscalPeriod.from_code(code)
    if period.kind is not PeriodKind.YEAR:
        raise InvalidRequestError(f"{code} is no fiscal year. Write FY2025.", field="fiscalYear")
    return period.year


def _best_year(known: Collection[int], fiscal_year_start: int) -> int:
    today = datetime.now(UTC)
    present = FiscalPeriod(today.year, PeriodKind.MONTH, today.month).fiscal_year(fiscal_year_start)
    return present if present in known or not known else max(known)
