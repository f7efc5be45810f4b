"""Where the vocabulary's TOML files lie: beside this module, in the installed package too."""

from importlib.resources import files
from threading import Lock
from typing import TypeVar

import msgspec
import tomli

Read = TypeVar("Read")
_reading = Lock()


def file_bytes(file_name: str) -> bytes:
    """The file as it stands; each reader decodes it into its own typed record, which refuses unknown keys."""
    return files(__package__).joinpath(file_name).read_bytes()


def read_toml(content: bytes, kind: type[Read]) -> Read:
    """The record that a TOML file is.

    One at a time: where two threads met the same types for the first time, msgspec 0.22 crashed the process.
    """
    with _reading:
        return msgspec.convert(tomli.loads(content.decode()), kind)
