"""What of a request its schema does not take, in words: where it stands, and what is expected there.

In: what msgspec and Litestar say of it. Out: the same members with the words of this service.
"""

import re
from collections.abc import Sequence
from typing import Any

from api.patterns import WORDS

_MATCHING = re.compile(r"`str` matching regex '(.*)'")
_MISSING = re.compile(r"Missing required (\w+) parameter '([^']+)'")
_EMPTY_BODY = "'data'"  # Litestar's KeyError of the argument that a body without a byte does not become
_TYPES_SAID = re.compile(r"(Expected|got) `([a-z |]+)`")
_TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a decimal number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "uuid": "a UUID",
    "datetime": "a moment (2025-01-15T09:30:00Z)",
    "date": "a day (2025-01-15)",
}


def in_words(said: Sequence[Any]) -> list[Any]:
    """Each member that has a message with that message in words."""
    return [_in_words(one) if _has_message(one) else one for one in said]


def first_of(said: Sequence[Any]) -> str:
    """The first of them as part of a sentence, '' where none says anything."""
    one = next(filter(_has_message, said), None)
    if one is None:
        return ""
    where = f"{one['key']}: " if one.get("key") else ""
    return f"{where}{one['message'].rstrip('.')}."


def missing_of(said: str) -> str:
    """The parameter that is missing as part of a sentence, '' where something else is wrong."""
    missing = _MISSING.search(said)
    return f"{missing[2]}: It is missing from the {missing[1]}." if missing else ""


def _in_words(one: dict[str, Any]) -> dict[str, Any]:
    """The body is called so: ``data`` is our argument, which no caller knows."""
    key = "body" if one.get("key") == "data" else one.get("key")
    return one | {"key": key, "message": worded(one["message"])}


def _has_message(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("message"), str)


def worded(message: str) -> str:
    """The sentence with what is expected in words."""
    if message == _EMPTY_BODY:
        return "It is empty. Send a JSON object"
    matching = _MATCHING.search(message)
    if matching and (words := WORDS.get(matching[1].encode().decode("unicode_escape"))):
        message = message.replace(matching[0], words)
    return _TYPES_SAID.sub(lambda found: f"{found[1]} {_types_in_words(found[2])}", message)


def _types_in_words(types: str) -> str:
    return " or ".join(_TYPES.get(each, each) for each in types.split(" | "))
