"""The members of a form as the JSON that a program would send: ``connection.host`` stands within ``connection``. Pure.

In: names with dots and their texts. Out: JSON. What was left empty is left out, so that what it means stays one rule.
"""

from collections.abc import Mapping
from typing import Any

import msgspec


def nested_body(
    members: Mapping[str, str], numbers: frozenset[str] = frozenset(), lists: frozenset[str] = frozenset()
) -> bytes:
    """``numbers``: members that are whole numbers; what is none goes as it was written, to be refused by its name.

    ``lists``: members whose text holds several values, parted by commas.
    """
    body: dict[str, Any] = {}
    for name, text in members.items():
        if not text:
            continue
        within = body
        *path, last = name.split(".")
        for part in path:
            within = within.setdefault(part, {})
        within[last] = _value(name, text, numbers, lists)
    return msgspec.json.encode(body)


def _value(name: str, text: str, numbers: frozenset[str], lists: frozenset[str]) -> object:
    if name in numbers and text.isascii() and text.isdigit():
        return int(text)
    if name in lists:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
