"""Bytes become a document, and its grids become tables.

In: the bytes of a file and its name. Out: ``Document``: every sheet as a grid of text, nothing interpreted.
``read_document`` tells by the bytes what a file is, refuses by name what is no table or means harm, and notes what it
mended. Its ``structure`` finds the header, and what each row of a grid is. Others use the names below, the types in
``document`` and those of ``structure``. Nothing heavy is imported here: the child that parses workbooks starts
with this package.
"""

from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.limits import Limits
from budget_sync.reading.reader import read_document

__all__ = ["Document", "Grid", "Limits", "Note", "read_document"]
