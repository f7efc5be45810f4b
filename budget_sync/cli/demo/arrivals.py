"""Waiting for files to come in: the history is asked until every one of them has reached a final state."""

import time
from collections.abc import Callable, Iterator
from uuid import UUID

from budget_sync.database import Database
from budget_sync.domain.errors import NotArrivedError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.result import ImportRecord
from budget_sync.sources.configuration import list_sources

_POLL_SECONDS = 0.3
_AT_MOST_SECONDS = 240.0
_PER_FILE_SECONDS = 5.0
_HISTORY = 1000  # more than anybody drops into a running demo


class Arrivals:
    """The imports of the demo's customer."""

    def __init__(self, database: Database, customer_id: UUID) -> None:
        self._database = database
        self._customer_id = customer_id
        self._engine = Engine(database)
        self._seen: set[UUID] = set()

    def wait_for(self, names: set[str], looking: Callable[[int], None]) -> list[ImportRecord]:
        """The last import of each name once all are final; ``looking`` hears how many are, again and again.

        Raises:
            NotArrivedError: some are not after a time that grows with their number.
        """
        deadline = time.monotonic() + _AT_MOST_SECONDS + _PER_FILE_SECONDS * len(names)
        while True:
            final = self._final(_HISTORY + len(names))
            found = {record.file_name: record for record in reversed(final)}
            looking(len(found.keys() & names))
            if names <= found.keys():
                self._seen.update(record.import_id for record in final)
                return [found[name] for name in sorted(names)]
            if time.monotonic() > deadline:
                raise NotArrivedError(self._what_is_missing(names - found.keys()))
            time.sleep(_POLL_SECONDS)

    def new(self) -> Iterator[ImportRecord]:
        """Imports that became final since the last call, oldest first."""
        for record in reversed(self._final(_HISTORY)):
            if record.import_id not in self._seen:
                self._seen.add(record.import_id)
                yield record

    def _final(self, limit: int) -> list[ImportRecord]:
        history = self._engine.history(self._customer_id, limit)
        return [record for record in history if record.status is not ImportState.PROCESSING]

    def _what_is_missing(self, names: set[str]) -> str:
        shown = ", ".join(sorted(names)[:10]) + (" and others" if len(names) > 10 else "")  # noqa: PLR2004 - enough to see
        errors = [source.last_error for source in list_sources(self._database, self._customer_id) if source.last_error]
        return f"Did not come in: {shown}." + "".join(f" The source says: {error}" for error in errors)
