"""A struct, an analysis or a refusal becomes one line of JSON, as the contract has it.

Money is a JSON number written from its Decimal, but for what ``Analysis.members`` makes text.
"""

import msgspec

from budget_sync.domain.errors import BudgetSyncError
from budget_sync.mapping.analysis import Analysis

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def analysis_line(analysis: Analysis) -> bytes:
    """The whole analysis on one line, without a line end."""
    return _ENCODER.encode(analysis.members())


def struct_line(struct: msgspec.Struct) -> bytes:
    """An answer on one line, without a line end."""
    return _ENCODER.encode(struct)


def refusal_line(file_name: str, error: BudgetSyncError) -> bytes:
    """``{"fileName", "error": {"code", "message"}}`` on one line."""
    return _ENCODER.encode({"fileName": file_name, "error": {"code": error.code, "message": error.message}})
