"""An Understanding becomes budget lines and row errors.

In: ``Understanding``, ``Defaults``. Out: ``ValidatedLines``. Others use ``validate``, ``LINES_SCHEMA`` and the types of
``lines``. pandas and Pandera are imported here and in no room before it, by the commands that need them.
"""

from budget_sync.validation.lines import LINE_COLUMNS, RowError, ValidatedLines
from budget_sync.validation.schema import LINES_SCHEMA
from budget_sync.validation.validate import validate

__all__ = ["LINES_SCHEMA", "LINE_COLUMNS", "RowError", "ValidatedLines", "validate"]
