"""``/dashboard`` and what it leads to: a department, its lines, one line.

The URL holds the view: year, currency, order and place; nothing is remembered between two pages.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import anyio
from litestar import Controller, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.cursors import Cursor, read_cursor, write_cursor
from api.dashboard.overview import IMPORT_DAYS, Shown
from api.pages.dashboard.charts import HEIGHT, import_chart, period_chart
from api.pages.dashboard.orders import Order, in_order, tone_of
from api.pages.dashboard.views import (
    AskedCurrency,
    AskedName,
    AskedOrder,
    AskedTurned,
    AskedYear,
    shown_view,
    wanted_lines,
)
from api.pages.rendering import page
from api.pages.visitors import Visitor
from budget_sync.approval.line_story import read_line_story
from budget_sync.approval.listing import LinePage, list_lines
from budget_sync.domain.periods import FiscalPeriod
from budget_sync.sources.configuration import list_sources

_LINES = 50  # of a page
_KEYS = 5  # what a place in the list of lines is known by, as the cursor bears it
_Request = Request[Any, Any, Any]


class DashboardController(Controller):
    """For people whose key may read."""

    path = "/dashboard"
    opt = {"scope": "read"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def year(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        fiscal_year: AskedYear = None,
        currency: AskedCurrency = None,
        sort: AskedOrder = Order.USE,
        turned: AskedTurned = False,
    ) -> Response[str]:
        """A fiscal year in one currency."""
        shown = await shown_view(state, visitor, fiscal_year, currency)
        sources = await anyio.to_thread.run_sync(list_sources, state.database, visitor.caller.customer_id)
        return page(
            request,
            "dashboard/year.html",
            **_picture(shown, sort, turned=turned),
            sources=sources,
            days=import_chart(shown.imports, datetime.now(UTC).date(), IMPORT_DAYS),
        )

    @get("/department")
    async def department(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        name: AskedName,
        fiscal_year: AskedYear = None,
        currency: AskedCurrency = None,
        sort: AskedOrder = Order.USE,
        turned: AskedTurned = False,
        cursor: Cursor = None,
    ) -> Response[str]:
        """A department's sub-categories, and its lines a page at a time."""
        shown = await shown_view(state, visitor, fiscal_year, currency, name)
        lines = await _lines(state, visitor, shown, name, cursor)
        return page(
            request,
            "dashboard/department.html",
            **_picture(shown, sort, turned=turned),
            department=name,
            lines=lines.lines,
            following=write_cursor(lines.following),
            is_first=cursor is None,
        )

    @get("/lines/{budget_id:uuid}")
    async def line(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, budget_id: FromPath[UUID]
    ) -> Response[str]:
        """One line: its balances, the cells its amount came from, every change, every step of its ledger."""
        customer_id = visitor.caller.customer_id
        async with state.connections.tenant(customer_id) as connection:
            story = await read_line_story(connection, customer_id, budget_id)
        year = FiscalPeriod.from_code(story.line.fiscal_period).fiscal_year(visitor.caller.terms.fiscal_year_start)
        return page(request, "dashboard/line.html", story=story, line=story.line, year=str(FiscalPeriod(year)))


async def _lines(state: State, visitor: Visitor, shown: Shown, department: str, cursor: str | None) -> LinePage:
    customer_id = visitor.caller.customer_id
    wanted = wanted_lines(visitor, shown, department, read_cursor(cursor, _KEYS))
    async with state.connections.tenant(customer_id) as connection:
        return await list_lines(connection, customer_id, wanted, _LINES)


def _picture(shown: Shown, sort: Order, *, turned: bool) -> dict[str, Any]:
    """What both tables of figures are drawn from."""
    overview = shown.overview
    rows = in_order(overview.departments, sort, turned=turned)
    return {
        "overview": overview,
        "rows": [(row, tone_of(row)) for row in rows],
        "attention": [row for row in overview.departments if tone_of(row) != "accent"],
        "years": [str(FiscalPeriod(year)) for year in shown.years],
        "currencies": shown.currencies,
        "periods": period_chart(overview.periods),
        "chart_height": HEIGHT,
        "imports": shown.imports,
        "sort": sort,
        "orders": list(Order),
        "turned": turned,
    }
