"""``POST /api/imports/{id}/confirm``, ``/decline`` and ``/undo``: what a person decides of an import."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller, require_own
from api.imports.examples import CONFIRM_BODIES, CONFIRMED, DECLINE_BODIES, DECLINED, UNDO_BODIES, UNDONE
from api.imports.keyed import keyed_import
from api.imports.schemas import ConfirmBody, DecisionBody, DeclineBody
from api.imports.work import confirm_import, decline_import, undo_import
from api.json_text import JsonBody
from api.problems import problems
from budget_sync.importing.result import ImportResult

_Request = Request[Any, Any, Any]
_PROBLEMS = problems(400, 401, 403, 404, 409, 413, 415, 422, 503)


async def _decided(
    work: Callable[..., ImportResult],
    request: _Request,
    caller: Caller,
    state: State,
    import_id: UUID,
    body: DecisionBody,
) -> Response[Any]:
    require_own(caller, body.customer_id)
    call = partial(work, state.engine, caller.customer_id, import_id, body, caller.key_id)
    return await keyed_import(request, caller, state, body, call)


class DecisionsController(Controller):
    """Each decision is a transaction with its entry in the audit log.

    With an ``Idempotency-Key`` a repeated request gets the answer of the first.
    """

    path = "/api/imports/{import_id:uuid}"
    tags = ("Imports",)
    opt = {"scope": "import"}  # noqa: RUF012 - Litestar reads it from the class

    @post(
        "/confirm",
        dto=JsonBody[ConfirmBody],
        return_dto=None,
        status_code=200,
        operation_id="confirmImport",
        summary="Load what waited for review",
        responses=CONFIRMED | _PROBLEMS,
    )
    async def confirm(
        self,
        import_id: FromPath[UUID],
        data: Annotated[ConfirmBody, Body(examples=CONFIRM_BODIES)],
        request: _Request,
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[Any]:
        """As it was understood, or with other mappings or options; a file that was no budget is taken for one."""
        return await _decided(confirm_import, request, caller, state, import_id, data)

    @post(
        "/decline",
        dto=JsonBody[DeclineBody],
        return_dto=None,
        status_code=200,
        operation_id="declineImport",
        summary="Turn down what waited for review",
        responses=DECLINED | _PROBLEMS,
    )
    async def decline(
        self,
        import_id: FromPath[UUID],
        data: Annotated[DeclineBody, Body(examples=DECLINE_BODIES)],
        request: _Request,
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[Any]:
        """Nothing is loaded, and the reason is kept."""
        return await _decided(decline_import, request, caller, state, import_id, data)

    @post(
        "/undo",
        dto=JsonBody[DecisionBody],
        return_dto=None,
        status_code=200,
        operation_id="undoImport",
        summary="Take an import back",
        responses=UNDONE | _PROBLEMS,
    )
    async def undo(
        self,
        import_id: FromPath[UUID],
        data: Annotated[DecisionBody, Body(examples=UNDO_BODIES)],
        request: _Request,
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[Any]:
        """The answer is that of the undo, which can be undone itself. Lines that were changed since stay, by name."""
        return await _decided(undo_import, request, caller, state, import_id, data)
