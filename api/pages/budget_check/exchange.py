"""What a program would have sent for a form, and what it would have got: JSON for the eye, a line for a shell. Pure.

In: a request and its answer. Out: ``Exchange``.
"""

import shlex
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Exchange:
    """``request`` is empty for a GET; ``answer`` is indented JSON; ``curl`` can be pasted where ``$KEY`` is set."""

    method: str
    path: str
    request: str
    status: int
    answer: str
    curl: str


def exchange(address: str, method: str, path: str, body: bytes, status: int, answer: bytes, key: str = "") -> Exchange:
    """``address``: where the service is reached. ``key``: the Idempotency-Key, where the route takes one."""
    words = ["curl", "-s", f"{address}{path}"]
    line = shlex.join(words) + ' -H "Authorization: Bearer $KEY"'
    if key:
        line += f" -H {shlex.quote(f'Idempotency-Key: {key}')}"
    if body:
        line += f" -H 'Content-Type: application/json' -d {shlex.quote(body.decode())}"
    return Exchange(method, path, _indented(body) if body else "", status, _indented(answer), line)


def _indented(content: bytes) -> str:
    """Numbers keep the digits that they have."""
    return msgspec.json.format(content, indent=2).decode()
