"""The engine that walks one file through, and keeps its history; customers, their keys, and what they taught.

In: bytes, a customer, options. Out: ``ImportResult`` and the rows of the history. Others use ``Engine``, the types
of ``options`` and ``result``, ``customers``, ``keys``, ``vocabulary`` and ``value_aliases``. The engine itself is
imported when it is first asked for: it brings pandas, which a key or a list of customers does not need.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budget_sync.importing.engine import Engine

__all__ = ["Engine"]


def __getattr__(name: str) -> Any:
    if name != "Engine":
        raise AttributeError(name)
    from budget_sync.importing.engine import Engine  # noqa: PLC0415  # see above

    return Engine
