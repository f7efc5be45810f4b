"""Every request has an id, the caller's own where it is a plain one: it comes back and stands in the log."""

import os
import re
from contextvars import ContextVar

from litestar.types import Scope
from structlog.typing import EventDict, WrappedLogger

ASKED: ContextVar[Scope | None] = ContextVar("asked", default=None)  # the call that is being answered
_HEADER = b"x-request-id"
_PLAIN = re.compile(rb"[A-Za-z0-9._-]{1,64}")  # nothing that could forge a line of a log


def request_id_of(scope: Scope) -> str:
    """The id of this request, the same however often it is asked for."""
    state = scope.setdefault("state", {})
    known = state.get("request_id")
    if known is None:
        known = state["request_id"] = _sent_id(scope) or os.urandom(16).hex()
    return str(known)


def with_request_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A line of the log with the id of the request that it was written for, where there is one."""
    scope = ASKED.get()
    if scope is not None:
        event.setdefault("request_id", request_id_of(scope))
    return event


def _sent_id(scope: Scope) -> str | None:
    sent = next((value for name, value in scope["headers"] if name == _HEADER), b"")
    return sent.decode("ascii") if _PLAIN.fullmatch(sent) else None
