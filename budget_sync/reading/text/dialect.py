"""How the records of a text file are written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """Delimiter, quote and escape of a text file.

    ``width`` is the number of fields most records have, 0 while it is not known. ``strips_spaces``: spaces after
    a delimiter belong to the delimiter.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    strips_spaces: bool = False
    width: int = 1
