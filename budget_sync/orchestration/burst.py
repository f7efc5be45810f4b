"""Many new files of one source in one run: file by file through the engine, each with its own transaction and verdict.

In: the keys of claimed files of one source. Out: for each the import as it ended, or why the file could not be read.
One bad file never stops its neighbours. Knows nothing of Dagster. (50 files as 50 runs took 202 s, as one run 9 s.)
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget_sync.database import Database
from budget_sync.domain.errors import BudgetSyncError, DatabaseUnavailableError, SourceError
from budget_sync.importing.customers import find_customer
from budget_sync.importing.options import ImportOptions, IncomingFile
from budget_sync.orchestration.partitions import FileKey
from budget_sync.orchestration.receiving import import_options, incoming_file, note_failure
from budget_sync.orchestration.reported import ReportedImport, report_import
from budget_sync.sources.claims import PASSING_FAILURES, ClaimedFile, find_claim, record_import
from budget_sync.sources.configuration import SourceConfiguration, find_source, open_source
from budget_sync.sources.protocol import Source

if TYPE_CHECKING:
    from uuid import UUID

    from budget_sync.importing.engine import Engine


@dataclass(frozen=True, slots=True)
class Unread:
    """One file that the partner's server did not give; it is taken again later where that can help."""

    key: str
    reason: str


class Burst:
    """One walk over files; a connection that breaks is opened anew for the next file."""

    def __init__(self, database: Database, engine: "Engine", *, run_id: str) -> None:
        self._database = database
        self._engine = engine
        self._run_id = run_id
        self._defects: list[Exception] = []

    def walk(self, keys: Sequence[str]) -> Iterator[ReportedImport | Unread]:
        """Each file in turn; those that were imported before are only told again.

        Raises:
            ExceptionGroup: after the last file, when a defect of the program stopped some of them.
        """
        waiting = []
        for claim in map(self._claim, keys):
            if claim.import_id is None:
                waiting.append(claim)
            else:
                yield self._finished(claim, claim.import_id)
        while waiting:
            source = find_source(self._database, waiting[0].customer_id, waiting[0].source_id)
            done = 0
            for outcome in self._over_one_connection(source, waiting):
                done += 1
                yield outcome
            waiting = waiting[done:]
        if self._defects:
            raise ExceptionGroup("Some files met a defect of the program; the others were imported.", self._defects)

    def _over_one_connection(
        self, source: SourceConfiguration, claims: Sequence[ClaimedFile]
    ) -> Iterator[ReportedImport | Unread]:
        """The files up to the first that cannot be read; none of them when the partner does not let us in."""
        try:
            with open_source(self._database, source) as partner:
                yield from self._until_broken(partner, source, claims)
        except SourceError as error:
            for claim in claims:
                note_failure(self._database, claim, error)
                yield Unread(claim.key, error.message)

    def _until_broken(
        self, partner: Source, source: SourceConfiguration, claims: Sequence[ClaimedFile]
    ) -> Iterator[ReportedImport | Unread]:
        for claim in claims:
            try:
                content = partner.fetch(claim.file)
            except SourceError as error:
                note_failure(self._database, claim, error)
                yield Unread(claim.key, error.message)
                return
            yield self._import(claim, incoming_file(source, claim, content), import_options(source))

    def _import(self, claim: ClaimedFile, incoming: IncomingFile, options: ImportOptions) -> ReportedImport | Unread:
        try:
            result = self._engine.run(claim.customer_id, incoming, options, run_id=self._run_id)
        except DatabaseUnavailableError:
            raise
        except Exception as defect:  # noqa: BLE001 - one file's defect is raised when its neighbours are done
            self._defects.append(defect)
            return Unread(claim.key, f"The program met a defect: {defect!r}")
        record_import(self._database, claim, result.import_id)
        return self._told(claim, result.import_id)

    def _claim(self, key: str) -> ClaimedFile:
        customer = find_customer(self._database, FileKey.parse(key).customer)
        return find_claim(self._database, customer.id, key)

    def _finished(self, claim: ClaimedFile, import_id: "UUID") -> ReportedImport:
        """An import that was begun before; its bytes are here, and what its worker did not do is done now."""
        record = self._engine.get(claim.customer_id, import_id)
        begun = record.error.code in PASSING_FAILURES if record.error else record.finished_at is None
        if begun:
            with suppress(BudgetSyncError):  # settled with its reason, which is told below
                self._engine.load(import_id)
        return self._told(claim, import_id)

    def _told(self, claim: ClaimedFile, import_id: "UUID") -> ReportedImport:
        return report_import(self._database, self._engine, claim.customer_id, import_id, claim.key)
