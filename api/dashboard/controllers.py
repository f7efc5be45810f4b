"""``GET /api/dashboard/stats``."""

from datetime import UTC, datetime
from typing import Annotated

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency

from api.authentication import Caller, require_own
from api.dashboard.examples import STATS
from api.dashboard.overview import read_shown
from api.dashboard.schemas import DashboardStats, Totals
from api.parameters import CustomerId, text_parameter
from api.problems import problems
from budget_sync.approval.request import request_currency
from budget_sync.domain.periods import FiscalPeriod

_FiscalYear = Annotated[str | None, text_parameter("fiscalYear", "FY2025; absent: the present one, or the latest")]
_Currency = Annotated[str | None, text_parameter("currency", "Absent: the customer's, where the year has lines in it")]


class DashboardController(Controller):
    """Figures over many lines."""

    path = "/api/dashboard"
    tags = ("Dashboard",)

    @get(
        "/stats",
        opt={"scope": "read"},
        operation_id="dashboardStats",
        summary="A fiscal year in figures",
        responses=STATS | problems(400, 401, 403, 503),
    )
    async def stats(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        fiscal_year: _FiscalYear = None,
        currency: _Currency = None,
    ) -> DashboardStats:
        """Totals, utilisation by department and by period, and the imports of the last 30 days by day and state."""
        require_own(caller, customer_id)
        asked = request_currency(currency) if currency else None
        shown = await read_shown(state.connections, caller.terms, fiscal_year, asked)
        overview = shown.overview
        return DashboardStats(
            customer_id=caller.customer_id,
            fiscal_year=overview.fiscal_year,
            fiscal_years=[str(FiscalPeriod(year)) for year in shown.years],
            currency=overview.currency,
            currencies=shown.currencies,
            totals=Totals(overview.expense, overview.revenue),
            departments=overview.departments,
            periods=overview.periods,
            set_aside_lines=overview.set_aside_lines,
            imports=shown.imports,
            as_of=datetime.now(UTC),
        )
