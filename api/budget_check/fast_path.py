"""The short way to an answer, for the plain question: a key that is known, a body in one piece, nothing wrong with it.

In: the ASGI call of ``POST /api/budget/check``. Out: the answer, or the call handed on untouched to the handler.
"""

from typing import cast

import msgspec
from litestar.datastructures import State
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from api.authentication import Caller, admit
from api.budget_check.schemas import CheckQuestion
from api.json_text import encode_json
from api.short_way import answer_json, known_caller, received_again, whole_body
from budget_sync.approval.check import check_budget_async
from budget_sync.domain.errors import InvalidRequestError

_SCOPE = "check"
_decoder = msgspec.json.Decoder(CheckQuestion)


class FastCheck:
    """Middleware of the one route."""

    def __init__(self, app: ASGIApp) -> None:
        self._long_way = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
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
            await answer_json(send, 200, answer)


async def _answer(scope: Scope, body: bytes | None, caller: Caller, state: State) -> bytes | None:
    """The answer to a whole question that is the caller's own; None for anything else."""
    if body is None:
        return None
    try:
        question = _decoder.decode(body)
        request = question.to_request()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, InvalidRequestError):
        return None
    if question.customer_id not in (None, caller.customer_id):
        return None
    await admit(scope, caller.key_id, _SCOPE)
    answer = await check_budget_async(state.connections, caller.terms, request)
    state.check_log.add(caller, request, answer)
    return encode_json(answer)
