"""``POST /api/budget/reserve``, ``/commit``, ``/spend``, ``/close``, ``/release``, and ``GET /api/budget/status``."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller, allow, require_own
from api.idempotency import once
from api.json_text import JsonBody
from api.problems import problems
from api.reservations.examples import MOVE_BODIES, MOVED, RESERVATION, RESERVE_BODIES, RESERVED
from api.reservations.schemas import MoveBody, ReserveBody
from budget_sync.approval.movement import Call
from budget_sync.approval.reservation_reading import read_reservation
from budget_sync.approval.reservation_types import ReservationAnswer
from budget_sync.approval.reservations import move, reserve

_Request = Request[Any, Any, Any]
_Move = Annotated[MoveBody, Body(examples=MOVE_BODIES)]
_PROBLEMS = problems(400, 401, 403, 404, 409, 413, 415, 422, 503)
_MoveDTO = JsonBody[MoveBody]


def _move_route(call: Call, summary: str) -> post:
    return post(
        f"/{call.value}",
        dto=_MoveDTO,
        return_dto=None,
        status_code=200,
        operation_id=call.value,
        summary=summary,
        responses=MOVED | _PROBLEMS,
    )


async def _moved(call: Call, body: MoveBody, request: _Request, caller: Caller, state: State) -> Response[bytes]:
    require_own(caller, body.customer_id)
    work = partial(
        move,
        customer_id=caller.customer_id,
        reservation_id=body.reservation_id,
        wish=body.to_wish(call),
        made_by=caller.key_id,
    )
    return await once(request, caller, state.connections, body, HTTPStatus.OK, work)


class ReservationController(Controller):
    """Money is held before it is bound, and bound before it is spent. Every call bears an Idempotency-Key."""

    path = "/api/budget"
    tags = ("Budget control",)
    opt = {"scope": "reserve"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @post(
        "/reserve",
        dto=JsonBody[ReserveBody],
        return_dto=None,
        operation_id="reserve",
        summary="Hold an amount",
        responses=RESERVED | _PROBLEMS,
    )
    async def reserve(
        self,
        data: Annotated[ReserveBody, Body(examples=RESERVE_BODIES)],
        request: _Request,
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[bytes]:
        """On one line, or on several by ``allocations``: all or none, and never above the cap without an override."""
        require_own(caller, data.customer_id)
        asked = data.to_request()
        if asked.override_reason is not None:
            allow(caller, "override")
        work = partial(reserve, terms=caller.terms, request=asked, made_by=caller.key_id)
        return await once(request, caller, state.connections, data, HTTPStatus.CREATED, work)

    @_move_route(Call.COMMIT, "Bind what is held")
    async def commit(
        self, data: _Move, request: _Request, caller: NamedDependency[Caller], state: State
    ) -> Response[bytes]:
        """An order went out: ``amount``, or all that is open. ``final`` releases the rest."""
        return await _moved(Call.COMMIT, data, request, caller, state)

    @_move_route(Call.SPEND, "Use what is bound")
    async def spend(
        self, data: _Move, request: _Request, caller: NamedDependency[Caller], state: State
    ) -> Response[bytes]:
        """An invoice came in. What goes beyond the commitment raises it, and is marked as an overrun."""
        return await _moved(Call.SPEND, data, request, caller, state)

    @_move_route(Call.CLOSE, "Give back what will not be spent")
    async def close(
        self, data: _Move, request: _Request, caller: NamedDependency[Caller], state: State
    ) -> Response[bytes]:
        """The purchase is over: what is committed and unspent is available again."""
        return await _moved(Call.CLOSE, data, request, caller, state)

    @_move_route(Call.RELEASE, "Give back what is held")
    async def release(
        self, data: _Move, request: _Request, caller: NamedDependency[Caller], state: State
    ) -> Response[bytes]:
        """The purchase was turned down: ``amount``, or all that is open."""
        return await _moved(Call.RELEASE, data, request, caller, state)

    @get(
        "/status/{reservation_id:uuid}",
        operation_id="reservationStatus",
        summary="How a reservation stands",
        responses=RESERVATION | problems(400, 401, 403, 404, 503),
    )
    async def status(
        self, reservation_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> ReservationAnswer:
        """Its amounts now, and each entry of the ledger that led there."""
        async with state.connections.tenant(caller.customer_id) as connection:
            return await read_reservation(connection, reservation_id, with_entries=True)
