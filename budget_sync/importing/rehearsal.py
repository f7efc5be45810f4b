"""A dry run: the import itself, in one transaction that is taken back, so that the two cannot differ.

In: the transaction of a customer. Out: ``Rehearsal``, which opens savepoints of it wherever an import opens
transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from budget_sync.database import Connection


class Rehearsal:
    """Everything that is done through it is undone when the transaction is rolled back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def tenant(self, customer_id: UUID) -> Iterator[Connection]:
        """A savepoint that sees this customer's rows."""
        with self._connection.transaction():
            self._connection.execute("SELECT set_config('app.customer_id', %s, true)", (str(customer_id),))
            yield self._connection

    @contextmanager
    def system(self) -> Iterator[Connection]:
        """The same: the look-up functions answer with a customer set, too."""
        yield self._connection
