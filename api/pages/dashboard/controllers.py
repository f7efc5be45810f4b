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
from api.pages.dashboard.orders import (
    Order,
    Sorting,
    Table,
    imports_in_order,
    in_order,
    periods_in_order,
    sortings,
    tone_of,
)
from api.pages.dashboard.views import (
    AskedCurrency,
    AskedName,
    AskedOrder,
    AskedTable,
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
        table: AskedTable = Table.DEPARTMENTS,
        sort: AskedOrder = None,
        turned: AskedTurned = False,
    ) -> Response[str]:
        """A fiscal year in one currency."""
        shown = await shown_view(state, visitor, fiscal_year, currency)
        sources = await anyio.to_thread.run_sync(list_sources, state.database, visitor.caller.customer_id)
        return page(
            request,
            "dashboard/year.html",
            **_picture(shown, Table.DEPARTMENTS, sortings(table, sort, turned=turned)),
            asked_table=table,
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
        table: AskedTable = Table.SUB_CATEGORIES,
        sort: AskedOrder = None,
        turned: AskedTurned = False,
        cursor: Cursor = None,
    ) -> Response[str]:
        """A department's sub-categories, and its lines a page at a time."""
        shown = await shown_view(state, visitor, fiscal_year, currency, name)
        lines = await _lines(state, visitor, shown, name, cursor)
        return page(
            request,
            "dashboard/department.html",
            **_picture(shown, Table.SUB_CATEGORIES, sortings(table, sort, turned=turned)),
            asked_table=table,
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
            story = await read_line_story(connection, budget_id)
        year = FiscalPeriod.from_code(story.line.fiscal_period).fiscal_year(visitor.caller.terms.fiscal_year_start)
        return page(request, "dashboard/line.html", story=story, line=story.line, year=str(FiscalPeriod(year)))


async def _lines(state: State, visitor: Visitor, shown: Shown, department: str, cursor: str | None) -> LinePage:
    customer_id = visitor.caller.customer_id
    wanted = wanted_lines(visitor, shown, department, read_cursor(cursor, _KEYS))
    async with state.connections.tenant(customer_id) as connection:
        return await list_lines(connection, wanted, _LINES)


def _picture(shown: Shown, main: Table, sorted_by: dict[Table, Sorting]) -> dict[str, Any]:
    """What the pictures and tables of figures are drawn from; ``main``: the table of names."""
    overview = shown.overview
    return {
        "overview": overview,
        "rows": [(row, tone_of(row)) for row in in_order(overview.departments, sorted_by[main])],
        "attention": [row for row in in_order(overview.departments, Sorting(Order.USE)) if tone_of(row) != "accent"],
        "years": [str(FiscalPeriod(year)) for year in shown.years],
        "currencies": shown.currencies,
        "periods": period_chart(overview.periods),
        "listed_periods": periods_in_order(overview.periods, sorted_by[Table.PERIODS]),
        "chart_height": HEIGHT,
        "imports": imports_in_order(shown.imports, sorted_by[Table.IMPORTS]),
        "sortings": sorted_by,
    }
