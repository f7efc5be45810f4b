"""What a customer taught, as one import or analysis takes it along.

In: a connection whose tenant is set, and the key of the source. Out: ``Knowledge``, a value.
"""

from dataclasses import dataclass

from budget_sync.database import Connection
from budget_sync.importing.mapping_memory import recall
from budget_sync.mapping.memory import RememberedLayout


@dataclass(frozen=True, slots=True)
class Knowledge:
    """``layouts`` of the file's own source, the last seen first."""

    layouts: tuple[RememberedLayout, ...] = ()


def read_knowledge(connection: Connection, source_key: str) -> Knowledge:
    """What the customer taught so far."""
    return Knowledge(layouts=recall(connection, source_key))
