"""What several commands take in the same way: the customer that they work for, and files of this machine."""

import os
from pathlib import Path

import click

from budget_sync.domain.errors import UnreadableFileError

FOR_CUSTOMER = click.option("--customer", required=True, metavar="C", help="The customer's short name or id.")


def read_file(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        UnreadableFileError: it cannot be opened (``not_opened``).
    """
    try:
        return path.read_bytes()
    except OSError as error:
        shown = os.fsencode(path).decode("utf-8", "replace")
        raise UnreadableFileError(
            f"{shown} cannot be opened: {error.strerror}. Check the path and the rights of the file.",
            reason="not_opened",
        ) from error


def shown_name(path: Path) -> str:
    """The file's name as valid Unicode: a name of other bytes could not be written as JSON."""
    return os.fsencode(path.name).decode("utf-8", "replace")
