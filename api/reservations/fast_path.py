"""The short way of a reserve that one line takes whole: it is held together with those that wait in the same moment.

In: the ASGI call of ``POST /api/budget/reserve``. Out: 201 with the reservation, when it stands in the database; or
the call handed on untouched to the handler, which does it alone, and alone refuses, overrides and answers again.
"""

from http import HTTPStatus
from typing import cast

import msgspec
from litestar.datastructures import State
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from api.authentication import Caller, admit
from api.idempotency import digest_of
from api.idempotency_keys import GOOD_KEY, HEADER
from api.reservations.schemas import ReserveBody
from api.short_way import answer_json, known_caller, only_header, received_again, whole_body
from budget_sync.approval.plain_hold import plain_hold
from budget_sync.domain.errors import InvalidRequestError

_SCOPE = "reserve"
_decoder = msgspec.json.Decoder(ReserveBody)


class FastReserve:
    """Middleware of the one route."""

    def __init__(self, app: ASGIApp) -> None:
        self._long_way = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold and answer, or hand on."""
        state = scope["litestar_app"].state
        caller = known_caller(scope, state.keyring, _SCOPE)
        if caller is None:
            await self._long_way(scope, receive, send)
            return
        message = cast("HTTPReceiveMessage", await receive())
        answer = await _answer(scope, whole_body(message), caller, state)
        if answer is None:
            await self._long_way(scope, received_again(message, receive), send)
        else:
            await answer_json(send, HTTPStatus.CREATED, answer)


async def _answer(scope: Scope, body: bytes | None, caller: Caller, state: State) -> bytes | None:
    """The answer to a reserve of the caller's own that was held; None for anything else, with nothing done."""
    key = only_header(scope, HEADER.encode("ascii"))
    if body is None or key is None or GOOD_KEY.fullmatch(key) is None:
        return None
    try:
        asked = _decoder.decode(body)
        request = asked.to_request()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, InvalidRequestError):
        return None
    if asked.customer_id not in (None, caller.customer_id):
        return None
    await admit(scope, caller.key_id, _SCOPE)
    hold = await plain_hold(state.connections, caller.terms, request, caller.key_id)
    if hold is None:
        return None
    held: bytes | None = await state.gathering.hold(caller.customer_id, key, digest_of(scope["path"], asked), hold)
    return held
