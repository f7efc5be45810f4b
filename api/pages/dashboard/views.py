"""What the address of a dashboard asks for, and the figures and lines that it means: for its pages and its files.

In: members of the query. Out: ``Shown``, ``LineFilter``.
"""

from typing import Annotated

from litestar.datastructures import State
from litestar.params import QueryParameter

from api.dashboard.overview import Shown, read_shown
from api.pages.dashboard.orders import Order, Table
from api.pages.visitors import Visitor
from api.parameters import text_parameter
from budget_sync.approval.listing import LineFilter
from budget_sync.approval.request import request_currency
from budget_sync.domain.periods import FiscalPeriod, periods_of_year

AskedYear = Annotated[str | None, text_parameter("year", "FY2025")]
AskedCurrency = Annotated[str | None, text_parameter("currency", "EUR")]
AskedTable = Annotated[Table, QueryParameter(name="table")]
AskedOrder = Annotated[Order | None, QueryParameter(name="sort")]
AskedTurned = Annotated[bool, QueryParameter(name="turned")]
AskedName = Annotated[str, text_parameter("name", "A department")]
AskedDepartment = Annotated[str | None, text_parameter("name", "A department; absent: all")]


async def shown_view(
    state: State, visitor: Visitor, fiscal_year: str | None, currency: str | None, department: str | None = None
) -> Shown:
    """The figures of the view."""
    asked = request_currency(currency) if currency else None
    return await read_shown(state.connections, visitor.caller.terms, fiscal_year, asked, department)


def wanted_lines(
    visitor: Visitor, shown: Shown, department: str | None, after: tuple[str, ...] | None = None
) -> LineFilter:
    """The lines that the figures of this view are made of, and those set aside."""
    year = FiscalPeriod.from_code(shown.overview.fiscal_year).year
    periods = periods_of_year(year, visitor.caller.terms.fiscal_year_start)
    return LineFilter(
        department=department,
        currency=shown.overview.currency,
        fiscal_periods=tuple(map(str, periods)),
        after=after,
    )
