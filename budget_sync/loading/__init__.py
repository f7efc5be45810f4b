"""Validated lines become rows of ``budget`` in the transaction of the caller.

In: ``ValidatedLines``. ``prepare`` makes of them ``PreparedLines`` (text ready for COPY, one number a budget line);
``load`` stages these, compares them with what stands, and writes lines, revisions, provenance and row errors. Out:
``LoadOutcome``. ``read_diff`` shows what an import changed, ``undo`` takes it back. Others use the names below.
"""

from budget_sync.loading.changes import (
    LineChange,
    LoadDiff,
    TotalChange,
    changes_digest,
    every_change,
    every_rehearsed_change,
    read_diff,
    read_rehearsed_diff,
)
from budget_sync.loading.load import LinesToLoad, LoadOrder, LoadOutcome, load, record_errors
from budget_sync.loading.locks import lock_customer
from budget_sync.loading.prepared import PreparedLines, PreparedPart, prepare
from budget_sync.loading.undo import UndoOutcome, undo

__all__ = [
    "LineChange",
    "LinesToLoad",
    "LoadDiff",
    "LoadOrder",
    "LoadOutcome",
    "PreparedLines",
    "PreparedPart",
    "TotalChange",
    "UndoOutcome",
    "changes_digest",
    "every_change",
    "every_rehearsed_change",
    "load",
    "lock_customer",
    "prepare",
    "read_diff",
    "read_rehearsed_diff",
    "record_errors",
    "undo",
]
