"""Looks at all due sources at once; a partner that hangs or fails delays nobody.

In: due sources. Out: ``SourceLook``s with the files that were claimed. A tick waits a few seconds; whoever has not
answered by then goes on in the background, within the source's own time limits, and is collected by a later tick.
What a look claimed is not lost when this process dies: such claims are taken again later.
"""

import queue
import time
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Final

import structlog

from budget_sync.database import Database
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.orchestration.cadence import next_look, next_look_after_failure
from budget_sync.orchestration.partitions import remote_file_key
from budget_sync.sources.archive import archive_loaded
from budget_sync.sources.claims import ClaimedFile, Look, claim_files
from budget_sync.sources.configuration import SourceConfiguration, find_source, open_source
from budget_sync.sources.looks import SourceReference, begin_look, due_sources, record_failure, record_success

if TYPE_CHECKING:
    from uuid import UUID

# Longer than any single look may take by the limits of its source, so that nobody else looks meanwhile.
HOLD_SECONDS: Final = 180.0
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SourceLook:
    """What one look brought: the claimed files, or the reason why there are none and when it is tried again.

    ``seconds``: how long the partner took.
    """

    source: SourceConfiguration
    seconds: float
    claimed: tuple[ClaimedFile, ...] = ()
    error: str | None = None
    next_look: datetime | None = None


class Lookout:
    """The looks of one process; safe to be asked by several ticks at once."""

    def __init__(self, database: Database, *, workers: int) -> None:
        self._database = database
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="look")
        self._finished: defaultdict[str, queue.SimpleQueue[SourceLook]] = defaultdict(queue.SimpleQueue)
        self._under_way: set[UUID] = set()
        self._beginning = Lock()

    def collect(self, source_type: str, *, patience_seconds: float) -> list[SourceLook]:
        """The looks of this type that ended since the last call, those of now due sources among them where quick."""
        begun = (self._begin(source) for source in due_sources(self._database, source_type))
        wait([look for look in begun if look is not None], timeout=patience_seconds)
        collected: list[SourceLook] = []
        finished = self._finished[source_type]
        while not finished.empty():
            collected.append(finished.get())
        return collected

    def close(self) -> None:
        """Ends when the looks that are under way have ended."""
        self._pool.shutdown(cancel_futures=True)

    def _begin(self, source: SourceReference) -> Future[None] | None:
        """The look in the pool; None where an earlier tick has asked for it and it still waits for its turn."""
        with self._beginning:
            if source.source_id in self._under_way:
                return None
            self._under_way.add(source.source_id)
        look = self._pool.submit(self._look, source)
        look.add_done_callback(lambda ended: self._over(source, ended))
        return look

    def _over(self, source: SourceReference, ended: Future[None]) -> None:
        """A look that could not even write how it went: the database was away. It is due again after the hold."""
        with self._beginning:
            self._under_way.discard(source.source_id)
        if not ended.cancelled() and (error := ended.exception()) is not None:
            _log.error("look_not_recorded", reason=repr(error))

    def _look(self, reference: SourceReference) -> None:
        if not begin_look(self._database, reference, hold_seconds=HOLD_SECONDS):
            return
        source = find_source(self._database, reference.customer_id, reference.source_id)
        began = time.monotonic()
        try:
            look = self._list_and_claim(source)
        except BudgetSyncError as error:
            self._note_failure(source, error.message, time.monotonic() - began)
        except Exception as defect:  # noqa: BLE001 - nobody waits for this thread: it is told on the row and in the log
            _log.exception("look_failed", source=source.name, customer=source.customer)
            self._note_failure(source, f"The program met a defect: {defect!r}", time.monotonic() - began)
        else:
            self._tell(SourceLook(source, time.monotonic() - began, look.claimed))
            record_success(self._database, reference, next_look(source, look, datetime.now(UTC)), look.warning)

    def _note_failure(self, source: SourceConfiguration, reason: str, seconds: float) -> None:
        again = next_look_after_failure(source, datetime.now(UTC))
        self._tell(SourceLook(source, seconds, error=reason, next_look=again))
        record_failure(self._database, SourceReference(source.customer_id, source.id), reason, again)

    def _tell(self, look: SourceLook) -> None:
        self._finished[look.source.source_type].put(look)

    def _list_and_claim(self, source: SourceConfiguration) -> Look:
        with open_source(self._database, source) as partner:
            files = {remote_file_key(source, file): file for file in partner.list()}
            unmoved = archive_loaded(self._database, source, partner, files)
        return replace(claim_files(self._database, source, files), warning=unmoved)
