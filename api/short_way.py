"""What the short ways past the framework share: a key that is known, a body in one piece, an answer as it is sent.

In: the ASGI call of a route. Whatever is not plain is handed on untouched to the handler, which alone refuses, explains
and looks keys up. What is left out is what a framework does for any request whatever.
"""

from typing import cast

from litestar.types import HTTPReceiveMessage, Receive, Scope, Send

from api.authentication import Caller, Keyring

_LARGEST = 4096  # a body with the longest names is smaller; what is larger may take the long way
_BEARER = b"Bearer "


def known_caller(scope: Scope, keyring: Keyring, needed: str) -> Caller | None:
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


def received_again(message: HTTPReceiveMessage, receive: Receive) -> Receive:
    """A receive that gives this message again, once, before all others."""
    waiting = [message]

    async def receive_again() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else cast("HTTPReceiveMessage", await receive())

    return receive_again


async def answer_json(send: Send, status: int, body: bytes) -> None:
    """Send the answer; its other headers are added to every answer."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode("ascii"))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
