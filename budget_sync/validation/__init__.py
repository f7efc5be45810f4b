"""An Understanding becomes budget lines and row errors.

In: ``Understanding``, ``Defaults``. Out: ``ValidatedLines``, whole or in parts. Others use ``validate``,
``validate_parts``, the types of ``lines``, the ``rules`` and, from ``schema``, ``LINES_SCHEMA``. pandas and Pandera are
imported by the first file with a bad cell.
"""

from budget_sync.validation.lines import LINE_COLUMNS, LineColumns, RowError, ValidatedLines
from budget_sync.validation.validate import PART_LINES, validate, validate_parts

__all__ = [
    "LINE_COLUMNS",
    "PART_LINES",
    "LineColumns",
    "RowError",
    "ValidatedLines",
    "validate",
    "validate_parts",
]
