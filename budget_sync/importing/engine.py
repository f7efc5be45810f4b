"""The engine that walks one file through the rooms in one go, and carries out what people decide about it.

In: ``Database``; bytes, a customer, options. Out: ``ImportResult``. ``run`` takes all the steps and keeps nothing
between them but what the history needs.
"""

import contextlib
from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
import psycopg

from budget_sync.database import Connection
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.importing import review
from budget_sync.importing.failures import database_failure
from budget_sync.importing.file_rows import pack_rows
from budget_sync.importing.file_store import fetch_file, fetch_name, name_file, store_file
from budget_sync.importing.knowledge import read_knowledge
from budget_sync.importing.options import ImportOptions, IncomingFile, storable_name, with_source_defaults
from budget_sync.importing.rehearsal import Rehearsal
from budget_sync.importing.result import ImportResult
from budget_sync.importing.shown_changes import keep_shown
from budget_sync.importing.steps import Steps
from budget_sync.importing.understanding import understand_incoming
from budget_sync.importing.work import customer_defaults
from budget_sync.loading import changes_digest, read_rehearsed_diff
from budget_sync.mapping.analysis import Analysis

_SHOWN_CHANGES = 1_000
_UPLOAD = "upload"  # the kind of source whose memory an analysis asks

Look = Callable[[Connection, UUID], None]  # at an import before it is taken back


class Engine(Steps):
    """One engine serves many threads; it keeps nothing of a file between two calls."""

    def run(
        self,
        customer_id: UUID,
        incoming: IncomingFile,
        options: ImportOptions | None = None,
        *,
        run_id: str | None = None,
    ) -> ImportResult:
        """Import a file; whatever its fate, the result says it.

        Raises:
            DatabaseUnavailableError: nothing was done.
        """
        if options is not None and options.dry_run:
            return self._rehearse_run(customer_id, incoming, options)
        return self._run(customer_id, incoming, options, run_id)

    def _run(
        self, customer_id: UUID, incoming: IncomingFile, options: ImportOptions | None, run_id: str | None
    ) -> ImportResult:
        received = self.receive(customer_id, incoming, options, run_id=run_id)
        if received.already is None:
            walk = self.take_up(received.import_id, incoming.content)
            with contextlib.suppress(BudgetSyncError), walk.settling():
                walk.all_the_way()
        return self.result(customer_id, received.import_id)

    def import_upload(
        self,
        customer_id: UUID,
        upload_id: str,
        file_name: str | None = None,
        options: ImportOptions | None = None,
        *,
        user: str | None = None,
    ) -> ImportResult:
        """Import a file that ``analyze`` kept under its SHA-256, under the name that it had there if none is given.

        Raises:
            NotFoundError: the customer never sent such a file.
        """
        with self._database.tenant(customer_id) as connection:
            content = fetch_file(connection, upload_id)
            name = file_name or fetch_name(connection, upload_id)
        return self.run(customer_id, IncomingFile(name, content, user=user), options)

    def import_rows(
        self,
        customer_id: UUID,
        file_name: str,
        rows: Sequence[Sequence[str]],
        options: ImportOptions | None = None,
        *,
        user: str | None = None,
    ) -> ImportResult:
        """Import rows that came as JSON; the first holds the headers."""
        incoming = IncomingFile(file_name, pack_rows(rows), user=user)
        return self.run(customer_id, incoming, options)

    def analyze(
        self, customer_id: UUID, file_name: str, content: bytes, options: ImportOptions | None = None
    ) -> Analysis:
        """Understand a file and load nothing; the file is kept, and ``upload_id`` names it.

        Raises:
            UnreadableFileError: the bytes are no table.
        """
        asked = options or ImportOptions()
        with self._database.tenant(customer_id) as connection:
            upload_id = store_file(connection, content)
            name_file(connection, upload_id, storable_name(file_name))
            defaults = customer_defaults(connection, asked)
            known = read_knowledge(connection, _UPLOAD)
        understood = understand_incoming(content, file_name, asked, defaults, known)
        return msgspec.structs.replace(understood.understanding.analysis, upload_id=upload_id)

    def analyze_upload(
        self, customer_id: UUID, upload_id: str, file_name: str | None = None, options: ImportOptions | None = None
    ) -> Analysis:
        """Understand again, as other options ask, a file that ``analyze`` kept under its SHA-256.

        Raises:
            NotFoundError: the customer never sent such a file.
            UnreadableFileError: the bytes are no table.
        """
        with self._database.tenant(customer_id) as connection:
            content = fetch_file(connection, upload_id)
            name = file_name or fetch_name(connection, upload_id)
        return self.analyze(customer_id, name, content, options)

    # What a person decides.

    def confirm(
        self, customer_id: UUID, import_id: UUID, options: ImportOptions | None = None, *, user: str | None = None
    ) -> ImportResult:
        """Load what waits for review, or was rejected, as it was understood or with other options.

        Raises:
            NotFoundError: the customer has no such import.
            ConflictError: it does not wait for anybody.
        """
        asked = options or msgspec.convert(self.get(customer_id, import_id).request, ImportOptions)
        decided = msgspec.structs.replace(asked, confirmed=True, accept_file_type=True, dry_run=False)
        review.confirm(self._database, customer_id, import_id, decided, user)
        walk = self.take_up(import_id)
        with contextlib.suppress(BudgetSyncError), walk.settling():
            walk.all_the_way()
        return self.result(customer_id, import_id)

    def decline(self, customer_id: UUID, import_id: UUID, reason: str, *, user: str | None = None) -> ImportResult:
        """Turn down what waits for review.

        Raises:
            NotFoundError: the customer has no such import.
            ConflictError: it does not wait for anybody.
        """
        review.decline(self._database, customer_id, import_id, reason, user)
        return self.result(customer_id, import_id)

    def undo(self, customer_id: UUID, import_id: UUID, *, user: str | None = None) -> ImportResult:
        """Take an import back; the result is that of the undo, an import that can be undone itself.

        Raises:
            NotFoundError: the customer has no such import.
            ConflictError: it has loaded nothing, or was taken back already.
        """
        try:
            undo_id = review.take_back(self._database, customer_id, import_id, user)
        except psycopg.Error as error:
            raise database_failure(error) from error
        return self.result(customer_id, undo_id)

    def rehearse_confirm(
        self, customer_id: UUID, import_id: UUID, options: ImportOptions, look: Look | None = None
    ) -> ImportResult:
        """What ``confirm`` would do, as the dry run of an import: nothing is kept; ``look`` sees it before it goes.

        Raises:
            NotFoundError, ConflictError: as ``confirm``.
        """
        return self._rehearse(customer_id, lambda engine: engine.confirm(customer_id, import_id, options), look)

    def rehearse_upload(
        self, customer_id: UUID, upload_id: str, file_name: str, options: ImportOptions, look: Look
    ) -> ImportResult:
        """What ``import_upload`` would do, as ``look`` sees it; unlike a dry run, no later import is held to it.

        Raises:
            NotFoundError: the customer never sent such a file.
        """
        with self._database.tenant(customer_id) as connection:
            incoming = IncomingFile(file_name, fetch_file(connection, upload_id))
        return self._rehearse(customer_id, lambda engine: engine._run(customer_id, incoming, options, None), look)  # noqa: SLF001  # of its own kind

    def rehearse_undo(self, customer_id: UUID, import_id: UUID) -> ImportResult:
        """What ``undo`` would change and what it would keep; nothing is changed.

        Raises:
            NotFoundError, ConflictError: as ``undo``.
        """
        return self._rehearse(customer_id, lambda engine: engine.undo(customer_id, import_id))

    def _rehearse(
        self, customer_id: UUID, work: "Callable[[Engine], ImportResult]", look: Look | None = None
    ) -> ImportResult:
        """Decide in a transaction that is taken back; the result says what it changed."""
        with self._database.tenant(customer_id) as connection:
            result = work(self._rehearsed(connection))
            diff = read_rehearsed_diff(connection, result.import_id, _SHOWN_CHANGES)
            if look is not None:
                look(connection, result.import_id)
            connection.rollback()
        return msgspec.structs.replace(result, diff=diff)

    def _rehearse_run(self, customer_id: UUID, incoming: IncomingFile, options: ImportOptions) -> ImportResult:
        """Run the import in a transaction that is taken back; the result says what it changed, and an hour keeps it."""
        with self._database.tenant(customer_id) as connection:
            result = self._rehearsed(connection)._run(customer_id, incoming, options, None)  # noqa: SLF001  # of its own kind
            diff = read_rehearsed_diff(connection, result.import_id, _SHOWN_CHANGES)
            digest = changes_digest(connection, result.import_id)
            connection.rollback()
        if result.status.loads:
            with self._database.tenant(customer_id) as connection:
                sha256 = store_file(connection, incoming.content)
                asked = with_source_defaults(options, incoming.defaults)
                keep_shown(connection, incoming, sha256, asked, digest)
        return msgspec.structs.replace(result, diff=diff)

    def _rehearsed(self, connection: Connection) -> "Engine":
        return Engine(Rehearsal(connection), part_lines=self._part_lines)
