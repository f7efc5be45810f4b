"""Header words that say "a code", "a name", "a person", "a remark" or "a count": ``header_marks.toml``, read once."""

from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.vocabulary import Phrases
from budget_sync.domain.vocabulary.files import read_toml


class _Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: list[str]
    person: list[str]
    remark: list[str]
    count: list[str]
    part: list[str]
    level: list[str]
    place: list[str]
    lieu: list[str]
    name: list[str]
    partly: list[str]


@cache
def marks() -> dict[str, Phrases]:
    """By mark the words of it."""
    content = files(__package__).joinpath("header_marks.toml").read_bytes()
    read = read_toml(content, _Marks)
    return {name: Phrases.of(getattr(read, name)) for name in _Marks.__struct_fields__}


@cache
def name_marks() -> frozenset[str]:
    """The words that end the header of names (``Account code name``)."""
    return frozenset(marks()["name"].weights)
