"""The members of a form as the JSON that a program would send: ``connection.host`` stands within ``connection``. Pure.

In: names with dots and their texts. Out: JSON. What was left empty is left out, so that what it means stays one rule.
Names may be a stranger's: one that stands within a text, or a chain without end, is refused.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from budget_sync.domain.errors import InvalidRequestError

_DEEPEST = 4  # parts of a name; no form of ours has more than two
_LONGEST_NUMBER = 18  # digits: JSON's whole numbers end at 64 bits


def nested_body(
    members: Mapping[str, str], numbers: frozenset[str] = frozenset(), lists: frozenset[str] = frozenset()
) -> bytes:
    """``numbers``: members that are whole numbers; what is none goes as it was written, to be refused by its name.

    ``lists``: members whose text holds several values, parted by commas.

    Raises:
        InvalidRequestError: a name has no place beside the others.
    """
    body: dict[str, Any] = {}
    for name, text in members.items():
        if not text:
            continue
        *path, last = name.split(".", _DEEPEST)
        within = _place(body, path)
        if within is None or "." in last or isinstance(within.get(last), dict):
            raise InvalidRequestError(f"The form has no member {name[:40]}.", field=name[:40])
        within[last] = _value(name, text, numbers, lists)
    return msgspec.json.encode(body)


def _place(body: dict[str, Any], path: Sequence[str]) -> dict[str, Any] | None:
    """What the last part of a name stands in; None where a text stands in the way."""
    within: Any = body
    for part in path:
        within = within.setdefault(part, {}) if isinstance(within, dict) else None
    return within if isinstance(within, dict) else None


def _value(name: str, text: str, numbers: frozenset[str], lists: frozenset[str]) -> object:
    if name in numbers and text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    if name in lists:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
