"""Every request has an id, the caller's own where it is a plain one: it comes back and stands in the log."""

import re
import uuid

from litestar.types import Scope

_HEADER = b"x-request-id"
_PLAIN = re.compile(rb"[A-Za-z0-9._-]{1,64}")  # nothing that could forge a line of a log


def request_id_of(scope: Scope) -> str:
    """The id of this request, the same however often it is asked for."""
    state = scope.setdefault("state", {})
    known = state.get("request_id")
    if known is None:
        known = state["request_id"] = _sent_id(scope) or uuid.uuid4().hex
    return str(known)


def _sent_id(scope: Scope) -> str | None:
    sent = next((value for name, value in scope["headers"] if name == _HEADER), b"")
    return sent.decode("ascii") if _PLAIN.fullmatch(sent) else None
