"""How long a request may take: its body must arrive, and its answer must be found, in a bounded time.

In: ``Settings.request_timeout_seconds``. Out: 408 where the body is late, 503 where the answer is. Imports and exports
run to their end in threads, which nothing stops half-way: of them only the body has a limit, a longer one.
"""

import asyncio

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from budget_sync.domain.errors import LateBodyError, TimedOutError

LONG = "long"  # the opt of a route that works in a thread for as long as it takes
_LONG_BODY = 4  # times the usual limit: an upload over a slow line


class TimeLimit:
    """Middleware of every route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and end it in time."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        seconds: float = scope["litestar_app"].state.settings.request_timeout_seconds
        opt = scope["route_handler"].opt
        if opt.get(LONG) or opt.get("scope") == "import":
            body = TimedBody(receive, seconds * _LONG_BODY)
            await self._app(scope, body.receive, send)
        else:
            await self._answer_in_time(scope, TimedBody(receive, seconds), send, seconds)

    async def _answer_in_time(self, scope: Scope, body: "TimedBody", send: Send, seconds: float) -> None:
        begun = False

        async def watched_send(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        limit = asyncio.timeout_at(body.deadline)
        try:
            async with limit:
                await self._app(scope, body.receive, watched_send)
        except TimeoutError as error:
            if not limit.expired() or begun:
                raise
            if body.is_awaited:
                raise body.late() from error
            raise late_answer(seconds) from error


class TimedBody:
    """The body of one request, which has so many seconds to arrive."""

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive = receive
        self._seconds = seconds
        self._done = False
        self.deadline = asyncio.get_running_loop().time() + seconds
        self.is_awaited = False

    async def receive(self) -> HTTPReceiveMessage:
        """The next piece.

        Raises:
            LateBodyError: it did not arrive in time.
        """
        if self._done:  # what comes after the body is that the caller went away, whenever that is
            return await self._receive()  # type: ignore[return-value]
        self.is_awaited = True
        try:
            async with asyncio.timeout_at(self.deadline):
                message = await self._receive()
        except TimeoutError as error:
            raise self.late() from error
        self.is_awaited = False
        self._done = message["type"] != "http.request" or not message.get("more_body")
        return message  # type: ignore[return-value]

    def late(self) -> LateBodyError:
        """What is said of a body that did not arrive."""
        return late_body(self._seconds)


def late_body(seconds: float) -> LateBodyError:
    """What is said of a body that did not arrive."""
    return LateBodyError(f"The body did not arrive within {seconds:g} s.", seconds=seconds)


def late_answer(seconds: float) -> TimedOutError:
    """What is said of an answer that was not found."""
    return TimedOutError(
        f"The answer was not found within {seconds:g} s. Ask again; where money moves, with the same Idempotency-Key.",
        seconds=seconds,
    )
