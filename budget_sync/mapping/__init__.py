"""A document becomes an understanding: which column is what, how sure, what kind of file, what to ask.

In: ``Document`` from reading. Out: ``Understanding`` with its ``Analysis``. Others use ``understand``, the types of
``understanding`` and those of ``analysis``.
"""

from budget_sync.mapping.understand import understand
from budget_sync.mapping.understanding import AmountColumn, LineTexts, Understanding, UnderstandingRequest

__all__ = ["AmountColumn", "LineTexts", "Understanding", "UnderstandingRequest", "understand"]
