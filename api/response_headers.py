"""Headers that every answer bears, whatever its status: nothing is framed, guessed, cached or leaked."""

from litestar.types import Message, Scope

from api.limits import ADMISSION
from api.request_ids import request_id_of

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
)

_HSTS = (b"strict-transport-security", b"max-age=63072000")  # two years; over plain http it means nothing


async def add_response_headers(message: Message, scope: Scope) -> None:
    """Before an answer starts, add each header that its handler did not set itself."""
    if message["type"] != "http.response.start":
        return
    headers = list(message["headers"])
    there = {name for name, _ in headers}
    headers.extend(pair for pair in _ALWAYS if pair[0] not in there)
    admission = scope.get("state", {}).get(ADMISSION)
    if admission is not None:
        headers.extend(admission.headers())
    if scope.get("scheme") == "https":
        headers.append(_HSTS)
    headers.append((b"x-request-id", request_id_of(scope).encode("ascii")))
    message["headers"] = headers
