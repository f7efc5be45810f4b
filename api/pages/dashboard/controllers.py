"""``/dashboard`` and what it leads to: a department, its lines, one line, each table as a file.

The URL holds the view: year, currency, order and place; nothing is remembered between two pages.
"""

from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import anyio
from litestar import Controller, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from api.attachments import attachment
from api.cursors import Cursor, read_cursor, write_cursor
from api.dashboard.overview import IMPORT_DAYS, Shown, read_shown
from api.pages.dashboard.charts import HEIGHT, import_chart, period_chart
from api.pages.dashboard.orders import Order, in_order, tone_of
from api.pages.dashboard.tables import import_table, named_table, period_table
from api.pages.rendering import page
from api.pages.visitors import Visitor
from api.parameters import text_parameter
from budget_sync.approval.export import export_lines
from budget_sync.approval.line_story import read_line_story
from budget_sync.approval.listing import LineFilter, LinePage, list_lines
from budget_sync.approval.request import request_currency
from budget_sync.domain.fields import FileFormat
from budget_sync.domain.periods import FiscalPeriod, periods_of_year
from budget_sync.sources.configuration import list_sources

_LINES = 50
_KEYS = 5
_Year = Annotated[str | None, text_parameter("year", "FY2025")]
_Currency = Annotated[str | None, text_parameter("currency", "EUR")]
_Order = Annotated[Order, QueryParameter(name="sort")]
_Turned = Annotated[bool, QueryParameter(name="turned")]
_Name = Annotated[str, text_parameter("name", "A department")]
_Department = Annotated[str | None, text_parameter("name", "A department; absent: all")]
_Request = Request[Any, Any, Any]


class Table(StrEnum):
    """A table that can be taken away as a file."""

    DEPARTMENTS = "departments"
    SUB_CATEGORIES = "sub-categories"
    PERIODS = "periods"
    IMPORTS = "imports"


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
        fiscal_year: _Year = None,
        currency: _Currency = None,
        sort: _Order = Order.USE,
        turned: _Turned = False,
    ) -> Response[str]:
        """A fiscal year in one currency."""
        shown = await _shown(state, visitor, fiscal_year, currency)
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
        name: _Name,
        fiscal_year: _Year = None,
        currency: _Currency = None,
        sort: _Order = Order.USE,
        turned: _Turned = False,
        cursor: Cursor = None,
    ) -> Response[str]:
        """A department's sub-categories, and its lines a page at a time."""
        shown = await _shown(state, visitor, fiscal_year, currency, name)
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

    @get("/lines/export")
    async def lines_file(
        self,
        visitor: NamedDependency[Visitor],
        state: State,
        file_format: Annotated[FileFormat, QueryParameter(name="format")],
        fiscal_year: _Year = None,
        currency: _Currency = None,
        name: _Department = None,
    ) -> Stream:
        """The lines of a year, or of a department in it, as a file that can be imported again."""
        shown = await _shown(state, visitor, fiscal_year, currency, name)
        customer_id = visitor.caller.customer_id
        write = partial(export_lines, state.database, customer_id, _wanted(visitor, shown, name), file_format)
        return await attachment(write, file_format, state.import_places)

    @get("/export")
    async def export(
        self,
        visitor: NamedDependency[Visitor],
        state: State,
        table: Annotated[Table, QueryParameter(name="table")],
        fiscal_year: _Year = None,
        currency: _Currency = None,
        sort: _Order = Order.USE,
        turned: _Turned = False,
        name: _Department = None,
    ) -> Response[bytes]:
        """A table of the dashboard as CSV, in the order in which it was shown."""
        shown = await _shown(state, visitor, fiscal_year, currency, name)
        overview = shown.overview
        match table:
            case Table.DEPARTMENTS:
                content = named_table(in_order(overview.departments, sort, turned=turned), "Department")
            case Table.SUB_CATEGORIES:
                content = named_table(in_order(overview.departments, sort, turned=turned), "Sub-category")
            case Table.PERIODS:
                content = period_table(overview.periods)
            case Table.IMPORTS:
                content = import_table(shown.imports)
        file_name = f"{table}_{overview.fiscal_year}_{overview.currency}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
        return Response(content, media_type="text/csv", headers=headers)


async def _shown(
    state: State, visitor: Visitor, fiscal_year: str | None, currency: str | None, department: str | None = None
) -> Shown:
    asked = request_currency(currency) if currency else None
    return await read_shown(state.connections, visitor.caller.terms, fiscal_year, asked, department)


async def _lines(state: State, visitor: Visitor, shown: Shown, department: str, cursor: str | None) -> LinePage:
    customer_id = visitor.caller.customer_id
    wanted = _wanted(visitor, shown, department, read_cursor(cursor, _KEYS))
    async with state.connections.tenant(customer_id) as connection:
        return await list_lines(connection, customer_id, wanted, _LINES)


def _wanted(visitor: Visitor, shown: Shown, department: str | None, after: tuple[str, ...] | None = None) -> LineFilter:
    """The lines that the figures of this view are made of, and those set aside."""
    year = FiscalPeriod.from_code(shown.overview.fiscal_year).year
    periods = periods_of_year(year, visitor.caller.terms.fiscal_year_start)
    return LineFilter(
        department=department,
        currency=shown.overview.currency,
        fiscal_periods=tuple(map(str, periods)),
        after=after,
    )


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
