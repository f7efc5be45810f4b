"""An Understanding becomes budget lines and row errors.

In: ``Understanding``, ``Defaults``. Out: ``ValidatedLines``, whole or in parts. Others use ``validate``,
``validate_parts``, ``LINES_SCHEMA`` and the types of ``lines``. pandas and Pandera are imported here and in no room
before it, by the commands that need them.
"""

from budget_sync.validation.lines import LINE_COLUMNS, RowError, ValidatedLines
from budget_sync.validation.schema import LINES_SCHEMA
from budget_sync.validation.validate import PART_LINES, validate, validate_parts

__all__ = [
    "LINES_SCHEMA",
    "LINE_COLUMNS",
    "PART_LINES",
    "RowError",
    "ValidatedLines",
    "validate",
    "validate_parts",
]
