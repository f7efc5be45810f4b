"""The vocabulary's TOML files, each read once into a typed record; a key that the record lacks is refused."""

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

T = TypeVar("T")


@cache
def read_words(file_name: str, record: type[T]) -> T:
    """The file beside this module as the record.

    Raises:
        msgspec.ValidationError: someone edited the file into something that is no such record.
    """
    return msgspec.toml.decode(files(__package__).joinpath(file_name).read_bytes(), type=record)
