"""One import on its way: each step does its work and writes what it found into the history.

In: ``Work`` and, where they are at hand, the bytes. Out: the values of the rooms. Pure steps hold no connection; those
that write hold one transaction each. An error on the way settles the import in a transaction of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec
import psycopg

from budget_sync.database import Transactions
from budget_sync.domain.errors import BudgetSyncError, DatabaseUnavailableError, InternalError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import endings, history, kept_lines, past_imports
from budget_sync.importing.aliases import AliasUse, record_uses
from budget_sync.importing.checked_lines import CheckedLines, check_lines, refusal
from budget_sync.importing.digests import mapping_digest
from budget_sync.importing.failures import database_failure
from budget_sync.importing.file_store import fetch_file
from budget_sync.importing.loaded import load_warnings, named_lines, state_of, stats_of, totals_agree
from budget_sync.importing.parts_ahead import PartsAhead, TakePart
from budget_sync.importing.result import ImportStats
from budget_sync.importing.understanding import understand_incoming
from budget_sync.importing.verdict import hindrance, state_after
from budget_sync.importing.work import Work, load_order
from budget_sync.loading import (
    LinesToLoad,
    PreparedLines,
    changes_digest,
    load,
    lock_customer,
    record_errors,
)
from budget_sync.mapping.understanding import Understanding
from budget_sync.notification.outbox import emit_cuts
from budget_sync.validation import PART_LINES


class _NotAcceptedError(Exception):
    """The whole of a file that is being loaded does not pass: the load is taken back, and then it is said why."""


class Walk:
    """The steps of one import, in their order."""

    def __init__(
        self, database: Transactions, work: Work, content: bytes | None = None, *, part_lines: int = PART_LINES
    ) -> None:
        self.work = work
        self._database = database
        self._content = content
        self._part_lines = part_lines
        self._stats = ImportStats()
        self._accepts_file_type = False
        self._uses: list[AliasUse] = []

    def all_the_way(self) -> None:
        """All steps in one go, or none where the same was asked before and still stands."""
        if self._still_stands():
            return
        understanding = self.understand()
        self.check(understanding)
        if len(understanding.texts.rows) * len(understanding.amounts) > self._part_lines and not understanding.repeats:
            self._load_ahead(understanding)
            return
        prepared = self.validate(understanding)
        del understanding  # it holds all of the file
        self.load(prepared)

    def prepare(self) -> PreparedLines:
        """Understand and check the file; the understanding, which holds all of it, is let go of."""
        understanding = self.understand()
        self.check(understanding)
        return self.validate(understanding)

    def understand(self) -> Understanding:
        """Read and understand the bytes; the analysis goes into the history."""
        work = self.work
        understood = understand_incoming(self._bytes(), work.file_name, work.options, work.defaults, work.known)
        analysis = understood.understanding.analysis
        digest = mapping_digest(analysis, work.options, work.defaults, work.known.digest)
        with self._database.tenant(work.customer_id) as connection:
            history.keep_analysis(connection, work.import_id, analysis, digest, understood.lesson)
        self._accepts_file_type = understood.accepts_file_type
        return understood.understanding

    def check(self, understanding: Understanding) -> None:
        """Raise what hinders the import, if anything does."""
        options = self.work.options
        if self._accepts_file_type:
            options = msgspec.structs.replace(options, accept_file_type=True)
        error = hindrance(understanding.analysis, options, was_shown=self.work.shown is not None)
        if error is not None:
            raise error
        totals_agree(understanding.analysis.control_totals, self.work.options)

    def validate(self, understanding: Understanding) -> PreparedLines:
        """Check every line.

        Raises:
            ReviewNeededError: rows are identical, and nobody said what that means.
            TooManyErrorsError: more rows are bad than the import allows; they are kept for the report.
        """
        work = self.work
        checked = check_lines(understanding, work.defaults, work.options, work.known.aliases)
        self._judge(checked)
        if checked.uses and not work.has_loaded:
            with self._database.tenant(work.customer_id) as connection:
                record_uses(connection, work.import_id, checked.uses)
        return checked.prepared

    def _judge(self, checked: CheckedLines) -> None:
        work = self.work
        error = self._refusal(checked)
        if error is None:
            return
        with self._database.tenant(work.customer_id) as connection:
            if checked.question is not None:
                history.ask(connection, work.import_id, checked.question)
            else:
                record_errors(connection, load_order(work, None), checked.prepared)
        raise error

    def _refusal(self, checked: CheckedLines) -> BudgetSyncError | None:
        prepared = checked.prepared
        if checked.question is None:
            self._stats = ImportStats(prepared.total_rows, prepared.success_rows, prepared.error_rows)
        return refusal(checked, self.work.options, self.work.file_name)

    def _load_ahead(self, understanding: Understanding) -> None:
        """Load the first lines while later ones are checked; where the whole does not pass, all is taken back."""
        work = self.work

        def check(take: TakePart) -> CheckedLines:
            aliases = work.known.aliases
            return check_lines(
                understanding, work.defaults, work.options, aliases, part_lines=self._part_lines, take=take
            )

        with PartsAhead(check, self._accept) as ahead:
            try:
                self.load(ahead)
            except _NotAcceptedError:
                self._judge(ahead.checked())

    def _accept(self, checked: CheckedLines) -> None:
        if self._refusal(checked) is not None:
            raise _NotAcceptedError
        self._uses = checked.uses

    def keep(self, prepared: PreparedLines) -> None:
        """Keep the lines for a load in another process; those of an import that loaded are not needed."""
        if not self.work.has_loaded:
            with self._database.tenant(self.work.customer_id) as connection:
                kept_lines.keep(connection, self.work.import_id, prepared)

    def fetch_kept(self) -> PreparedLines | None:
        """What ``keep`` kept."""
        with self._database.tenant(self.work.customer_id) as connection:
            return kept_lines.fetch(connection, self.work.import_id)

    def load(self, lines: LinesToLoad) -> None:
        """Write lines, bad rows and the final state in one transaction, after the other imports of the customer."""
        work = self.work
        with self._database.tenant(work.customer_id) as connection:
            lock_customer(connection, work.customer_id)
            record = past_imports.get_record(connection, work.import_id)
            if record.status is not ImportState.PROCESSING:
                return  # the same import was loaded by another worker while this one waited
            earlier = past_imports.find_load(connection, record, by="mapping_digest")
            if earlier is not None and past_imports.stands(connection, earlier):
                history.settle_unchanged(connection, work.import_id, earlier)
            else:
                outcome, prepared = load(connection, load_order(work, record.sheet), lines), lines.whole()
                if self._uses:
                    record_uses(connection, work.import_id, self._uses)
                if work.shown is not None:
                    work.shown.require(changes_digest(connection, work.import_id))
                state = state_of(prepared, outcome, is_again=earlier is not None)
                warnings = load_warnings(prepared, outcome, record.control_totals)
                stats, named = stats_of(prepared, outcome), named_lines(outcome)
                history.settle(connection, work.import_id, state, stats, warnings, named)
                emit_cuts(connection, work.import_id)
            endings.teach(connection, work.import_id, work.options)
            endings.announce(connection, work.import_id)
            kept_lines.drop(connection, work.import_id)

    @contextmanager
    def settling(self) -> Iterator[None]:
        """Settle the import when the block fails, in a transaction apart from the one that was rolled back."""
        try:
            yield
        except BudgetSyncError as error:
            self._settle_error(error)
            raise
        except psycopg.Error as error:
            failure = database_failure(error)
            self._settle_error(failure)
            raise failure from error
        except Exception as error:
            self._settle_error(InternalError(f"The import stopped at a defect of the program: {error!r}"))
            raise

    def _settle_error(self, error: BudgetSyncError) -> None:
        work = self.work
        # Where the database itself is gone, the janitor settles the import when it is back.
        with suppress(DatabaseUnavailableError, psycopg.Error), self._database.tenant(work.customer_id) as connection:
            history.settle_error(connection, work.import_id, state_after(error), error, self._stats)
            endings.announce(connection, work.import_id)

    def _still_stands(self) -> bool:
        with self._database.tenant(self.work.customer_id) as connection:
            record = past_imports.get_record(connection, self.work.import_id)
            earlier = past_imports.find_load(connection, record, by="request_digest")
            if earlier is None or not past_imports.stands(connection, earlier):
                return False
            history.settle_unchanged(connection, record.import_id, earlier)
            endings.announce(connection, record.import_id)
            return True

    def _bytes(self) -> bytes:
        if self._content is None:
            with self._database.tenant(self.work.customer_id) as connection:
                self._content = fetch_file(connection, self.work.sha256)
        return self._content
