"""What should become of each file: declared for the samples, and for any other that it ends at all."""

from pathlib import Path

import msgspec

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.fields import FileType, ImportState


class Expectation(msgspec.Struct, frozen=True):
    """What ``expected.toml`` says of a sample: ``refused`` source rows are kept back, ``lines`` are loaded."""

    file_type: FileType
    status: ImportState
    lines: int = 0
    refused: int = 0


def read_expectations(folder: Path) -> dict[str, Expectation]:
    """By file name; empty where the folder declares nothing.

    Raises:
        InvalidRequestError: its ``expected.toml`` is no such declaration.
    """
    declared = folder / "expected.toml"
    if not declared.exists():
        return {}
    try:
        return msgspec.toml.decode(declared.read_bytes(), type=dict[str, Expectation])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidRequestError(f"{declared} does not say what is expected of its files: {error}") from error
