"""Short ways past the framework, for plain requests: a key that is known, a body in one piece, nothing wrong with it.

In: the ASGI call of a route that has one. Out: the answer; or the call handed on untouched to the handler, which alone
refuses, explains and looks keys up. What is left out is what a framework does for any request whatever. An error that
is met on the way is handed on with the call, and told as the handler's own would be.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, cast
from uuid import UUID

import msgspec
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from api.authentication import MET, Caller, Keyring, admit
from api.time_limits import late_answer, late_body
from budget_sync.domain.errors import InvalidRequestError

_LARGEST = 4096  # a body with the longest names is smaller; what is larger may take the long way
_BEARER = b"Bearer "


class Asked(Protocol):
    """A body that was read."""

    customer_id: UUID | None

    def to_request(self) -> Any:
        """What it asks for, checked."""


@dataclass(frozen=True, slots=True)
class ShortWay:
    """The short way of one route. ``needs``: the scope of the key; ``status``: of each answer.

    ``answer`` takes the call, the caller, what the body holds and what it asks for; None: nothing was done, and the
    handler is to do it.
    """

    needs: str
    status: HTTPStatus
    decoder: msgspec.json.Decoder[Any]
    answer: Callable[[Scope, Caller, Any, Any], Awaitable[bytes | None]]


class ShortWays:
    """The layer before the framework. ``ways``: by the path that is asked with POST."""

    def __init__(self, app: ASGIApp, ways: Mapping[str, ShortWay]) -> None:
        self._long_way = app
        self._ways = ways

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        way = self._ways.get(scope["path"])
        if way is None or scope.get("method") != "POST" or scope["query_string"]:
            await self._long_way(scope, receive, send)
            return
        caller = known_caller(scope, scope["litestar_app"].state.keyring, way.needs)
        if caller is None:
            await self._long_way(scope, receive, send)
            return
        scope["path_template"] = scope["path"]
        answer, received = await _in_time(way, scope, receive, caller)
        if answer is None:
            await self._long_way(scope, received_again(received, receive), send)
        else:
            await answer_json(send, way.status, answer)


async def _in_time(
    way: ShortWay, scope: Scope, receive: Receive, caller: Caller
) -> tuple[bytes | None, HTTPReceiveMessage | None]:
    """The answer, or None with what of the request was taken in; an error is noted in the state of the call."""
    seconds: float = scope["litestar_app"].state.settings.request_timeout_seconds
    received: HTTPReceiveMessage | None = None
    try:
        async with asyncio.timeout(seconds):
            received = cast("HTTPReceiveMessage", await receive())
            body = whole_body(received)
            return (None if body is None else await _answer(way, scope, body, caller)), received
    except TimeoutError:
        scope["state"][MET] = late_body(seconds) if received is None else late_answer(seconds)
    except Exception as error:  # noqa: BLE001 - the handlers of errors are the framework's
        scope["state"][MET] = error
    return None, received


async def _answer(way: ShortWay, scope: Scope, body: bytes, caller: Caller) -> bytes | None:
    """The answer to a well-formed request that is the caller's own; None for anything else, with nothing done."""
    try:
        asked: Asked = way.decoder.decode(body)
        request = asked.to_request()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, InvalidRequestError):
        return None
    if asked.customer_id not in (None, caller.customer_id):
        return None
    await admit(scope, caller.key_id, way.needs)
    return await way.answer(scope, caller, asked, request)


def known_caller(scope: Scope, keyring: Keyring, needed: str) -> Caller | None:
    """The caller of a JSON request whose key was found good a moment ago and carries the scope."""
    key = content_type = b""
    for name, value in scope["headers"]:
        if name == b"authorization":
            key = value
        elif name == b"content-type":
            content_type = value
        elif name == b"origin":  # a browser of another origin: the framework says whether it may
            return None
    if content_type != b"application/json" or not key.startswith(_BEARER):
        return None
    caller = keyring.known_caller(key[len(_BEARER) :])
    if caller is None or needed not in caller.scopes:
        return None
    scope["user"] = caller
    return caller


def only_header(scope: Scope, wanted: bytes) -> str | None:
    """The value of a header that stands there once, in ASCII."""
    values = [value for name, value in scope["headers"] if name == wanted]
    return values[0].decode("ascii") if len(values) == 1 and values[0].isascii() else None


def whole_body(message: HTTPReceiveMessage) -> bytes | None:
    """The body where the first message is all of it, and not long."""
    if message["type"] != "http.request" or message.get("more_body") or len(message["body"]) > _LARGEST:
        return None
    return message["body"]


def received_again(message: HTTPReceiveMessage | None, receive: Receive) -> Receive:
    """A receive that gives this message again, once, before all others."""
    waiting = [message] if message else []

    async def receive_again() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else cast("HTTPReceiveMessage", await receive())

    return receive_again


async def answer_json(send: Send, status: HTTPStatus, body: bytes) -> None:
    """Send the answer; its other headers are added to every answer."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
