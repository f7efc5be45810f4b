"""The members of a form as the JSON body that a program would send: read by the decoders of the API's routes. Pure."""

import re
from collections.abc import Mapping

import msgspec

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def body_of(members: Mapping[str, str], numbers: frozenset[str] = frozenset({"amount"})) -> bytes:
    """The JSON of a form, without what was left empty. What is meant as a number but is none goes as it was written."""
    parts = [f"{_text(name)}:{_value(name, value, numbers)}" for name, value in members.items() if value]
    return ("{" + ",".join(parts) + "}").encode()


def _value(name: str, value: str, numbers: frozenset[str]) -> str:
    is_number = name in numbers and _NUMBER.fullmatch(value) is not None
    return value if is_number else _text(value)


def _text(value: str) -> str:
    return msgspec.json.encode(value).decode()
