"""The steps of an import, each on its own: Dagster takes them one by one, whoever imports in one go all at once.

In: ``Database``; bytes, a customer, options. Out: what each step leaves. ``receive``, ``understand``, ``validate`` and
``load`` hand on through the database, and each may be called again for the same import with the same outcome.
"""

import contextlib
from uuid import UUID

import msgspec

from budget_sync.database import Transactions
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import BudgetSyncError, NotFoundError
from budget_sync.importing import history
from budget_sync.importing.digests import request_digest
from budget_sync.importing.file_store import store_file
from budget_sync.importing.imports import Imports
from budget_sync.importing.knowledge import knowledge_digest
from budget_sync.importing.options import ImportOptions, IncomingFile, storable_name, with_source_defaults
from budget_sync.importing.result import ImportResult, ReceivedImport
from budget_sync.importing.walk import Walk
from budget_sync.importing.work import customer_defaults, open_work
from budget_sync.loading import PreparedLines
from budget_sync.mapping.understanding import Understanding
from budget_sync.validation import PART_LINES

_WORTH_ANOTHER_TRY = frozenset({"worker_died", "database_unavailable", "database_error", "conflict"})


class Steps(Imports):
    """One for many threads; it keeps nothing of a file between two calls."""

    def __init__(self, database: Transactions, *, part_lines: int = PART_LINES) -> None:
        """``part_lines``: amounts that are checked while PostgreSQL writes as many."""
        super().__init__(database)
        self._part_lines = part_lines

    def receive(
        self,
        customer_id: UUID,
        incoming: IncomingFile,
        options: ImportOptions | None = None,
        *,
        run_id: str | None = None,
    ) -> ReceivedImport:
        """Keep the bytes and write the history row ``processing``, in a short transaction of its own.

        Where the same version of the same remote file was claimed before, ``already`` says how far that import
        came; one that died or lost its database is taken up again as if it were new.
        """
        asked = with_source_defaults(options or ImportOptions(), incoming.defaults)
        incoming = msgspec.structs.replace(incoming, file_name=storable_name(incoming.file_name))
        with self._database.tenant(customer_id) as connection:
            digest = request_digest(asked, customer_defaults(connection, asked), knowledge_digest(connection))
            sha256 = store_file(connection, incoming.content)
            import_id = history.claim(connection, incoming, asked, sha256, digest, run_id)
            already = None
            if import_id is None:
                earlier = history.find_claim(connection, incoming)
                import_id, sha256, already = earlier.import_id, earlier.sha256, earlier.status
                if earlier.error and earlier.error.code in _WORTH_ANOTHER_TRY:
                    history.reopen(connection, import_id, run_id)
                    already = None
        return ReceivedImport(import_id, customer_id, incoming.file_name, sha256, len(incoming.content), already)

    def understand(self, import_id: UUID) -> Understanding:
        """Read and understand the stored file; the analysis goes into the history.

        What hinders the import (no budget, no mapping, an open question) settles its state, and is raised only
        by the next step, so that the understanding can be shown.

        Raises:
            UnreadableFileError: the bytes are no table; the import is ``failed``.
        """
        walk = self.take_up(import_id)
        with walk.settling():
            understanding = walk.understand()
        with contextlib.suppress(BudgetSyncError), walk.settling():
            walk.check(understanding)
        return understanding

    def validate(self, import_id: UUID) -> PreparedLines:
        """Check the lines of the stored file, and keep the good and the bad for the load.

        Raises:
            NotABudgetError, MappingIncompleteError, ReviewNeededError: what hinders the import.
            TooManyErrorsError: more rows are bad than it allows.
        """
        walk = self.take_up(import_id)
        with walk.settling():
            prepared = walk.prepare()
            walk.keep(prepared)
            return prepared

    def load(self, import_id: UUID) -> ImportResult:
        """Load what ``validate`` kept, in one transaction with the history; an import that loaded stays as it is."""
        walk = self.take_up(import_id)
        if not walk.work.has_loaded:
            prepared = walk.fetch_kept()
            if prepared is None:
                prepared = self.validate(import_id)
            with walk.settling():
                walk.load(prepared)
        return self.result(walk.work.customer_id, import_id)

    def take_up(self, import_id: UUID, content: bytes | None = None) -> Walk:
        """The way of an import from where it is; ``content``: its bytes, where they are at hand.

        Raises:
            NotFoundError: there is no such import.
        """
        with self._database.system() as connection:
            (customer_id,) = only_row(connection.execute("SELECT customer_of_import(%s)", (import_id,)))
        if customer_id is None:
            raise NotFoundError("There is no such import.")
        with self._database.tenant(customer_id) as connection:
            return Walk(self._database, open_work(connection, import_id), content, part_lines=self._part_lines)
