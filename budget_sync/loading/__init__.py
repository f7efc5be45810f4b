"""Validated lines become rows of ``budget`` in the transaction of the caller.

In: ``ValidatedLines``. ``prepare`` makes of them ``PreparedLines`` (text ready for COPY, one number a budget line);
``load`` stages these, compares them with what stands, and writes lines, revisions, provenance and row errors. Out:
``LoadOutcome``. Others use these names and ``LoadOrder``.
"""

from budget_sync.loading.load import LoadOrder, LoadOutcome, load, lock_customer, record_errors
from budget_sync.loading.prepared import PreparedLines, prepare

__all__ = ["LoadOrder", "LoadOutcome", "PreparedLines", "load", "lock_customer", "prepare", "record_errors"]
