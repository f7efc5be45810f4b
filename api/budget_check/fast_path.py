"""The short way to an answer, for the plain question: a key that is known, a body in one piece, nothing wrong with it.

In: the ASGI call of ``POST /api/budget/check``. Out: the answer, or the call handed on untouched to the handler, which
alone refuses, explains and looks keys up. What is left out is what a framework does for any request whatever.
"""

from typing import cast

import msgspec
from litestar.datastructures import State
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from api.authentication import Caller, Keyring, admit
from api.budget_check.schemas import CheckQuestion
from api.json_text import encode_json
from budget_sync.approval.check import check_budget_async
from budget_sync.domain.errors import InvalidRequestError

_SCOPE = "check"
_LARGEST = 4096  # a question of the longest names is smaller; what is larger may take the long way
_BEARER = b"Bearer "
_decoder = msgspec.json.Decoder(CheckQuestion)


class FastCheck:
    """Middleware of the one route."""

    def __init__(self, app: ASGIApp) -> None:
        self._long_way = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        state = scope["litestar_app"].state
        caller = _known_caller(scope, state.keyring)
        if caller is None:
            await self._long_way(scope, receive, send)
            return
        message = cast("HTTPReceiveMessage", await receive())
        body = await _answer(scope, message, caller, state)
        if body is None:
            await self._long_way(scope, _first(message, receive), send)
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode("ascii"))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


def _known_caller(scope: Scope, keyring: Keyring) -> Caller | None:
    """The caller of a JSON request whose key was found good a moment ago and carries the scope."""
    key = content_type = b""
    for name, value in scope["headers"]:
        if name == b"authorization":
            key = value
        elif name == b"content-type":
            content_type = value
    if content_type != b"application/json" or not key.startswith(_BEARER):
        return None
    caller = keyring.known_caller(key[len(_BEARER) :])
    return caller if caller is not None and _SCOPE in caller.scopes else None


async def _answer(scope: Scope, message: HTTPReceiveMessage, caller: Caller, state: State) -> bytes | None:
    """The answer to a whole question that is the caller's own; None for anything else."""
    if message["type"] != "http.request" or message.get("more_body") or len(message["body"]) > _LARGEST:
        return None
    try:
        question = _decoder.decode(message["body"])
        request = question.to_request()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, InvalidRequestError):
        return None
    if question.customer_id not in (None, caller.customer_id):
        return None
    await admit(scope, caller.key_id, _SCOPE)
    answer = await check_budget_async(state.connections, caller.terms, request)
    state.check_log.add(caller, request, answer)
    return encode_json(answer)


def _first(message: HTTPReceiveMessage, receive: Receive) -> Receive:
    """A receive that gives this message again, once, before all others."""
    waiting = [message]

    async def receive_again() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else cast("HTTPReceiveMessage", await receive())

    return receive_again
