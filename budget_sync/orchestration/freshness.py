"""Whether each source was listed when it should have been, from the rows of the sources and nothing else.

In: ``Database``, a type of source, the time. Out: ``Freshness``. Knows nothing of Dagster.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from budget_sync.database import Database
from budget_sync.importing.customers import list_customers
from budget_sync.orchestration.cadence import regular_look
from budget_sync.sources.configuration import SourceConfiguration, list_sources

# A tick, a partner that answers slowly, and one failure that the first back-off repairs.
GRACE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Freshness:
    """The active sources of one type, and those of them that were not listed when they should have been."""

    active: int
    stale: tuple[SourceConfiguration, ...]


def freshness_of(database: Database, source_type: str, now: datetime) -> Freshness:
    """All customers' sources of this type."""
    active = [
        source
        for customer in list_customers(database)
        for source in list_sources(database, customer.id)
        if source.active and source.source_type == source_type
    ]
    return Freshness(len(active), tuple(source for source in active if is_stale(source, now)))


def is_stale(source: SourceConfiguration, now: datetime) -> bool:
    """Whether the listing that was due after the last good one is missing by more than the grace."""
    since = source.last_sync_at or source.created_at
    return since is not None and now > regular_look(source, since) + GRACE
