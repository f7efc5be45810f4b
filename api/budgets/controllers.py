"""``GET`` and ``POST /api/budgets``, and ``GET /api/budgets/export``."""

from functools import partial
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, QueryParameter
from litestar.response import Stream

from api.attachments import ATTACHMENT, attachment
from api.authentication import Caller, require_own
from api.budgets.by_hand import line_response
from api.budgets.examples import BUDGETS_PAGE, EXPORT, LINE_BODIES, line_answer
from api.budgets.schemas import AppliedFilters, BudgetsPage, LineBody
from api.cursors import Cursor, read_cursor, write_cursor
from api.json_text import JsonBody
from api.parameters import CustomerId, text_parameter
from api.problems import problems
from api.time_limits import LONG
from budget_sync.approval.export import export_lines
from budget_sync.approval.lines import create_line
from budget_sync.approval.listing import LARGEST_PAGE, LineFilter, ListedLine, list_lines
from budget_sync.domain.fields import FileFormat
from budget_sync.domain.periods import FiscalPeriod

_ImportId = Annotated[UUID | None, QueryParameter(name="importId")]
_Source = Annotated[str | None, text_parameter("source", "upload, sftp, cli")]
_Department = Annotated[str | None, text_parameter("department", "Without regard to case and spacing")]
_SubCategory = Annotated[str | None, text_parameter("subCategory", "As department")]
_Period = Annotated[str | None, text_parameter("fiscalPeriod", "Exactly this code: FY2025-Q3")]
_Words = Annotated[str | None, text_parameter("q", "Words looked for in both names")]


class BudgetsController(Controller):
    """Budget lines with what is used of them; one by hand."""

    path = "/api/budgets"
    tags = ("Budgets",)

    @get(
        opt={"scope": "read"},
        operation_id="listBudgets",
        summary="List budget lines",
        responses=BUDGETS_PAGE | problems(400, 401, 403, 503),
    )
    async def page(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        import_id: _ImportId = None,
        source: _Source = None,
        department: _Department = None,
        sub_category: _SubCategory = None,
        fiscal_period: _Period = None,
        q: _Words = None,
        limit: Annotated[int, QueryParameter(name="limit", ge=1, le=LARGEST_PAGE)] = 100,
        cursor: Cursor = None,
    ) -> BudgetsPage:
        """Live lines in the order of their names, each with its utilisation; revenue and expenses both."""
        require_own(caller, customer_id)
        period = str(FiscalPeriod.from_code(fiscal_period)) if fiscal_period else None
        wanted = LineFilter(import_id, source, department, sub_category, period, q, read_cursor(cursor, 5))
        async with state.connections.tenant(caller.customer_id) as connection:
            page = await list_lines(connection, wanted, limit)
        return BudgetsPage(
            budgets=page.lines,
            count=len(page.lines),
            next_cursor=write_cursor(page.following),
            filters=AppliedFilters(caller.customer_id, import_id, source, department, sub_category, period, q),
        )

    @post(
        opt={"scope": "admin"},
        request_max_body_size=64 * 1024,
        dto=JsonBody[LineBody],
        return_dto=None,
        operation_id="createBudget",
        summary="Make one line by hand",
        responses=line_answer(201) | problems(400, 401, 403, 409, 413, 415, 503),
    )
    async def create(
        self, data: Annotated[LineBody, Body(examples=LINE_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[ListedLine]:
        """One live line a department, sub-category, period, currency and type."""
        require_own(caller, data.customer_id)
        new = data.to_line(caller.terms.currency)
        async with state.connections.tenant(caller.customer_id) as connection:
            line = await create_line(connection, caller.customer_id, new, caller.key_id)
        return line_response(line, 201)

    @get(
        "/export",
        opt={"scope": "read", LONG: True, ATTACHMENT: True},
        operation_id="exportBudgets",
        summary="Budget lines as a file",
        responses=EXPORT | problems(400, 401, 403, 503),
    )
    async def export(
        self,
        caller: NamedDependency[Caller],
        state: State,
        file_format: Annotated[FileFormat, QueryParameter(name="format")] = FileFormat.CSV,
        customer_id: CustomerId = None,
        import_id: _ImportId = None,
        source: _Source = None,
        department: _Department = None,
        sub_category: _SubCategory = None,
        fiscal_period: _Period = None,
        q: _Words = None,
    ) -> Stream:
        """All lines that the filters of the list let through; the file can be imported again."""
        require_own(caller, customer_id)
        period = str(FiscalPeriod.from_code(fiscal_period)) if fiscal_period else None
        wanted = LineFilter(import_id, source, department, sub_category, period, q)
        write = partial(export_lines, state.database, caller.customer_id, wanted, file_format)
        return await attachment(write, file_format, state.import_places)
