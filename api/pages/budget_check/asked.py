"""A form becomes the same body that a program would send, and is answered by the same code.

In: the members of a form, a caller. Out: the answer as its status and its JSON; a refusal is the problem document.
"""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from api.authentication import Caller, allow
from api.budget_check.schemas import CheckQuestion
from api.errors import EXCEPTION_HANDLERS
from api.idempotency import once
from api.json_text import decode_body, encode_json
from api.pages.budget_check.exchange import Exchange, exchange
from api.pages.json_of_forms import body_of
from api.reservations.schemas import MoveBody, ReserveBody
from budget_sync.approval.check import check_budget_async
from budget_sync.approval.movement import Call
from budget_sync.approval.reservation_reading import read_reservation
from budget_sync.approval.reservations import move, reserve
from budget_sync.domain.errors import BudgetSyncError

_Request = Request[Any, Any, Any]
_question = msgspec.json.Decoder(CheckQuestion)
_reserve = msgspec.json.Decoder(ReserveBody)
_move = msgspec.json.Decoder(MoveBody)
_problem = EXCEPTION_HANDLERS[BudgetSyncError]


async def ask_check(request: _Request, caller: Caller, state: State, members: Mapping[str, str]) -> Exchange:
    """``POST /api/budget/check``."""
    body = body_of(members)
    try:
        question = decode_body(_question, body).to_request()
        given = await check_budget_async(state.answering, caller.terms, question)
        state.check_log.add(caller, question, given)
        answer = encode_json(given)
        status = int(HTTPStatus.OK)
    except BudgetSyncError as error:
        status, answer = _refused(request, error)
    return exchange(_address(request), "POST", "/api/budget/check", body, status, answer)


async def ask_reserve(
    request: _Request, caller: Caller, state: State, members: Mapping[str, str], key: str
) -> Exchange:
    """``POST /api/budget/reserve``; the form bears the key, so that a form sent twice reserves once."""
    body = body_of(members)
    try:
        asked = decode_body(_reserve, body)
        wanted = asked.to_request()
        if wanted.override_reason is not None:
            allow(caller, "override")
        work = partial(reserve, terms=caller.terms, request=wanted, made_by=caller.key_id)
        response = await once(request, caller, state.connections, asked, HTTPStatus.CREATED, work, key=key)
        status, answer = _answered(response)
    except BudgetSyncError as error:
        status, answer = _refused(request, error)
    return exchange(_address(request), "POST", "/api/budget/reserve", body, status, answer, key)


async def ask_move(
    request: _Request, caller: Caller, state: State, call: Call, members: Mapping[str, str], key: str
) -> Exchange:
    """``POST /api/budget/commit``, ``spend``, ``close`` or ``release``."""
    body = body_of(members, frozenset({"amount"}))
    if members.get("final"):
        body = body.replace(b'"final":"true"', b'"final":true')
    try:
        asked = decode_body(_move, body)
        work = partial(
            move,
            customer_id=caller.customer_id,
            reservation_id=asked.reservation_id,
            wish=asked.to_wish(call),
            made_by=caller.key_id,
        )
        response = await once(request, caller, state.connections, asked, HTTPStatus.OK, work, key=key)
        status, answer = _answered(response)
    except BudgetSyncError as error:
        status, answer = _refused(request, error)
    return exchange(_address(request), "POST", f"/api/budget/{call.value}", body, status, answer, key)


async def ask_status(request: _Request, caller: Caller, state: State, reservation_id: UUID) -> Exchange:
    """``GET /api/budget/status/{id}``.

    Raises:
        NotFoundError: the customer has no such reservation.
    """
    async with state.connections.tenant(caller.customer_id) as connection:
        found = await read_reservation(connection, reservation_id, with_entries=True)
    path = f"/api/budget/status/{reservation_id}"
    return exchange(_address(request), "GET", path, b"", HTTPStatus.OK, encode_json(found))


def _answered(response: Response[bytes]) -> tuple[int, bytes]:
    return int(response.status_code or HTTPStatus.OK), response.content


def _refused(request: _Request, error: BudgetSyncError) -> tuple[int, bytes]:
    return _answered(_problem(request, error))


def _address(request: _Request) -> str:
    return str(request.base_url).rstrip("/")
