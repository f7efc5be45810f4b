"""``/dashboard/export`` and ``/dashboard/lines/export``: what a dashboard shows, as files."""

from functools import partial
from typing import Annotated

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Stream

from api.attachments import attachment
from api.pages.dashboard.orders import Table, imports_in_order, in_order, periods_in_order, sortings
from api.pages.dashboard.tables import import_table, named_table, period_table
from api.pages.dashboard.views import (
    AskedCurrency,
    AskedDepartment,
    AskedOrder,
    AskedTable,
    AskedTurned,
    AskedYear,
    shown_view,
    wanted_lines,
)
from api.pages.visitors import Visitor
from budget_sync.approval.export import export_lines
from budget_sync.domain.fields import FileFormat


class DashboardFiles(Controller):
    """For people whose key may read."""

    path = "/dashboard"
    opt = {"scope": "read"}  # noqa: RUF012 - Litestar reads it from the class

    @get("/lines/export")
    async def lines_file(
        self,
        visitor: NamedDependency[Visitor],
        state: State,
        file_format: Annotated[FileFormat, QueryParameter(name="format")],
        fiscal_year: AskedYear = None,
        currency: AskedCurrency = None,
        name: AskedDepartment = None,
    ) -> Stream:
        """The lines of a year, or of a department in it, as a file that can be imported again."""
        shown = await shown_view(state, visitor, fiscal_year, currency, name)
        customer_id = visitor.caller.customer_id
        write = partial(export_lines, state.database, customer_id, wanted_lines(visitor, shown, name), file_format)
        return await attachment(write, file_format, state.import_places)

    @get("/export")
    async def export(
        self,
        visitor: NamedDependency[Visitor],
        state: State,
        table: AskedTable,
        fiscal_year: AskedYear = None,
        currency: AskedCurrency = None,
        sort: AskedOrder = None,
        turned: AskedTurned = False,
        name: AskedDepartment = None,
    ) -> Response[bytes]:
        """A table of the dashboard as CSV, in the order in which it was shown."""
        shown = await shown_view(state, visitor, fiscal_year, currency, name)
        overview, sorting = shown.overview, sortings(table, sort, turned=turned)[table]
        match table:
            case Table.DEPARTMENTS:
                content = named_table(in_order(overview.departments, sorting), "Department")
            case Table.SUB_CATEGORIES:
                content = named_table(in_order(overview.departments, sorting), "Sub-category")
            case Table.PERIODS:
                content = period_table(periods_in_order(overview.periods, sorting))
            case Table.IMPORTS:
                content = import_table(imports_in_order(shown.imports, sorting))
        file_name = f"{table}_{overview.fiscal_year}_{overview.currency}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
        return Response(content, media_type="text/csv", headers=headers)
