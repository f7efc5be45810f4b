"""Bytes become a Table.

In: the bytes of a file and its name. Out: ``Document`` (every sheet as a grid of text, nothing interpreted),
then ``Table`` (header, body rows with their roles, totals, notes). Others use ``read_document``, ``Document``,
``Grid``, ``find_table`` and ``Table``.
"""

from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.reader import read_document

__all__ = ["Document", "Grid", "Note", "read_document"]
