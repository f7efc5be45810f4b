"""What was imported, and what became of it: read by its customer, changed by nobody here.

In: ``Database`` and a customer. Out: ``ImportRecord``, ``ImportResult``, ``LoadDiff``.
"""

from uuid import UUID

from budget_sync.database import Transactions
from budget_sync.importing import past_imports
from budget_sync.importing.history_row import HistoryPlace
from budget_sync.importing.outcome import to_result
from budget_sync.importing.result import ImportRecord, ImportResult
from budget_sync.loading import LoadDiff, read_diff


class Imports:
    """The imports of all customers, each asked for by its own; serves many threads."""

    def __init__(self, database: Transactions) -> None:
        self._database = database

    def waiting(self, customer_id: UUID, limit: int = 50) -> list[ImportRecord]:
        """What waits for review, the oldest first, with the questions in its analysis."""
        with self._database.tenant(customer_id) as connection:
            return past_imports.list_waiting(connection, limit)

    def changes(self, customer_id: UUID, import_id: UUID, limit: int = 1_000) -> LoadDiff:
        """What an import changed, line by line.

        Raises:
            NotFoundError: the customer has no such import.
        """
        with self._database.tenant(customer_id) as connection:
            past_imports.get_record(connection, import_id)
            return read_diff(connection, import_id, limit)

    def history(self, customer_id: UUID, limit: int = 50, before: HistoryPlace | None = None) -> list[ImportRecord]:
        """The newest imports first, without their analyses; ``before``: where the page before ended."""
        with self._database.tenant(customer_id) as connection:
            return past_imports.list_records(connection, limit, before)

    def get(self, customer_id: UUID, import_id: UUID) -> ImportRecord:
        """One import with its analysis.

        Raises:
            NotFoundError: the customer has no such import.
        """
        with self._database.tenant(customer_id) as connection:
            return past_imports.get_record(connection, import_id)

    def result(self, customer_id: UUID, import_id: UUID) -> ImportResult:
        """What the import answered.

        Raises:
            NotFoundError: the customer has no such import.
        """
        with self._database.tenant(customer_id) as connection:
            return to_result(connection, past_imports.get_record(connection, import_id))
