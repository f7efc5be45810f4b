"""Each request as the log and the metrics see it: route, status, duration, request id; never a body, a query or a key.

A check that was answered well has no line of its own: it has its row in the check log.
"""

import time
from functools import cache

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter, Histogram

from api.metrics import REQUESTS, SECONDS
from api.request_ids import ASKED

_QUIET = frozenset({"/api/budget/check", "/api/health", "/api/health/ready"})
_NO_ROUTE = "none"
_ERRORS = 400
_METHODS = frozenset({"GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS"})
_log = structlog.get_logger("requests")


class Watched:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and note how it went."""
        asked = ASKED.set(scope)
        status = 500  # what the caller saw where no answer ever began: a broken connection

        async def noted_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        begun = time.perf_counter()
        try:
            await self._app(scope, receive, noted_send)
        finally:
            _note(scope, status, time.perf_counter() - begun)
            ASKED.reset(asked)


@cache
def _counters(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Looking them up by their labels cost three times as much as counting."""
    return REQUESTS.labels(route, method, str(status)), SECONDS.labels(route)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = scope.get("path_template") or _NO_ROUTE
    method = str(scope.get("method"))
    method = method if method in _METHODS else "other"
    requests, durations = _counters(route, method, status)
    requests.inc()
    durations.observe(seconds)
    if status >= _ERRORS or route not in _QUIET:
        holder = scope.get("user")
        key_id = getattr(holder, "key_id", None)
        _log.info("request", route=route, method=method, status=status, ms=round(seconds * 1000, 2), key_id=key_id)
