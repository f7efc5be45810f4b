"""What a program would have sent for a form, and what it would have got: JSON for the eye, a line for a shell. Pure.

In: the members of a form. Out: ``Exchange``.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Exchange:
    """``request`` is empty for a GET; ``answer`` is indented JSON; ``curl`` can be pasted where ``$KEY`` is set."""

    method: str
    path: str
    request: str
    status: int
    answer: str
    curl: str


def body_of(members: Mapping[str, str], numbers: frozenset[str] = frozenset({"amount"})) -> bytes:
    """The JSON of a form, without what was left empty. What is meant as a number but is none goes as it was written."""
    parts = [f"{_text(name)}:{_value(name, value, numbers)}" for name, value in members.items() if value]
    return ("{" + ",".join(parts) + "}").encode()


def exchange(address: str, method: str, path: str, body: bytes, status: int, answer: bytes, key: str = "") -> Exchange:
    """``address``: where the service is reached. ``key``: the Idempotency-Key, where the route takes one."""
    words = ["curl", "-s", f"{address}{path}"]
    line = shlex.join(words) + ' -H "Authorization: Bearer $KEY"'
    if key:
        line += f" -H {shlex.quote(f'Idempotency-Key: {key}')}"
    if body:
        line += f" -H 'Content-Type: application/json' -d {shlex.quote(body.decode())}"
    return Exchange(method, path, _indented(body) if body else "", status, _indented(answer), line)


def _value(name: str, value: str, numbers: frozenset[str]) -> str:
    is_number = name in numbers and _NUMBER.fullmatch(value) is not None
    return value if is_number else _text(value)


def _text(value: str) -> str:
    return msgspec.json.encode(value).decode()


def _indented(content: bytes) -> str:
    """Numbers keep the digits that they have."""
    return msgspec.json.format(content, indent=2).decode()
