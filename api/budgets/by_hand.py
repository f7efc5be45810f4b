"""``GET``, ``PATCH`` and ``DELETE /api/budgets/{id}``: one line by hand."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller
from api.budgets.examples import LINE_CHANGES, line_answer
from api.budgets.schemas import LineChangeBody
from api.etags import content_etag, wanted_tag
from api.json_text import JsonBody, JsonResponse
from api.problems import problems
from budget_sync.approval.lines import change_line, delete_line, line_tag, read_line
from budget_sync.approval.listing import ListedLine


class LinesController(Controller):
    """What a person changes has its revision; an undo of an import keeps it, and a replace leaves it alone."""

    path = "/api/budgets/{line_id:uuid}"
    tags = ("Budgets",)
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(
        opt={"scope": "read"},
        operation_id="readBudget",
        summary="Read one line",
        responses=line_answer(200) | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, line_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[ListedLine]:
        """With the ETag that a change must name; reservations do not change it, edits and imports do."""
        async with state.connections.tenant(caller.customer_id) as connection:
            return line_response(await read_line(connection, line_id))

    @patch(
        dto=JsonBody[LineChangeBody],
        return_dto=None,
        operation_id="changeBudget",
        summary="Change a line",
        responses=line_answer(200) | problems(400, 401, 403, 404, 412, 413, 415, 503),
    )
    async def change(
        self,
        line_id: FromPath[UUID],
        data: Annotated[LineChangeBody, Body(examples=LINE_CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[ListedLine]:
        """If-Match names what was read. A cut below what is used is allowed, and the line is then over-committed."""
        tag, change = wanted_tag(request), data.change()
        async with state.connections.tenant(caller.customer_id) as connection:
            return line_response(await change_line(connection, caller.customer_id, line_id, tag, change, caller.key_id))

    @delete(
        operation_id="deleteBudget",
        summary="Take a line away",
        responses=problems(400, 401, 403, 404, 409, 412, 503),
    )
    async def delete(
        self, line_id: FromPath[UUID], request: Request[Any, Any, Any], caller: NamedDependency[Caller], state: State
    ) -> None:
        """Refused while money is reserved or committed on it. Its row and its ledger stay. If-Match as for a change."""
        tag = wanted_tag(request)
        async with state.connections.tenant(caller.customer_id) as connection:
            await delete_line(connection, caller.customer_id, line_id, tag, caller.key_id)


def line_response(line: ListedLine, status: int = 200) -> Response[ListedLine]:
    """The line with its ETag."""
    return JsonResponse(line, status_code=status, headers=content_etag(line_tag(line)))
