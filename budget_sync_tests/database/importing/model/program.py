"""The same operations by the program itself, in one transaction that is taken back in the end."""

import hashlib
from contextlib import suppress
from functools import lru_cache
from uuid import UUID, uuid4

from budget_sync.approval import reservation_statements
from budget_sync.database import Connection
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.domain.fields import ImportMode, ImportState
from budget_sync.importing import history, review
from budget_sync.importing.knowledge import Knowledge
from budget_sync.importing.options import ImportOptions, IncomingFile
from budget_sync.importing.rehearsal import Rehearsal
from budget_sync.importing.walk import Walk
from budget_sync.importing.work import Work
from budget_sync.loading import PreparedLines, prepare
from budget_sync.loading.statements import CREATE_STAGING
from budget_sync.loading.undo import CREATE_UNDONE
from budget_sync_tests.database.importing.model.rules import Content, Key
from budget_sync_tests.database.loading.lines import line, validated

SOURCES = {"first": uuid4(), "second": uuid4()}
_NAME = "model.csv"

_LINES = """
SELECT b.department, b.fiscal_period, b.budgeted_amount::int, b.reserved_amount::int, b.committed_amount::int, b.state,
       b.deleted_at IS NULL,
       (SELECT array_agg(concat_ws(' ', r.change, r.old_amount::int, '>', r.new_amount::int, h.remote_version)
                         ORDER BY r.id)
        FROM budget_revision r LEFT JOIN import_history h ON h.id = r.import_id WHERE r.budget_id = b.id)
FROM budget b
"""
_HISTORY = "SELECT status, created, updated, unchanged, removed FROM import_history ORDER BY remote_version::int"
_EDIT = """
WITH written AS (
    UPDATE budget SET budgeted_amount = %s, source = 'manual', source_id = NULL, import_id = NULL
    WHERE department = %s AND fiscal_period = %s AND deleted_at IS NULL
    RETURNING id, old.budgeted_amount AS old_amount, new.budgeted_amount AS new_amount)
INSERT INTO budget_revision (customer_id, budget_id, change, old_amount, new_amount, changed_at)
SELECT %s, id, 'updated', old_amount, new_amount, clock_timestamp() FROM written
"""
_LINE = """
SELECT id, reserved_amount FROM budget WHERE department = %s AND fiscal_period = %s AND deleted_at IS NULL
"""
# Where the transaction of an import would end, its staging tables are emptied here.
_END_STAGING = """
DELETE FROM staged_amount; DELETE FROM staged_line; DELETE FROM staged_place; DELETE FROM standing_line;
DELETE FROM undone
"""


@lru_cache(maxsize=20_000)
def _prepared(content: tuple[tuple[Key, int], ...]) -> PreparedLines:
    return prepare([validated(*(line(key[0], str(amount), period=key[1]) for key, amount in content))])


class Program:
    """What the rules are held against."""

    def __init__(self, connection: Connection, customer_id: UUID) -> None:
        self._connection = connection
        self._transactions = Rehearsal(connection)
        self._customer_id = customer_id
        self._imports: list[UUID] = []
        connection.execute(CREATE_STAGING)
        connection.execute(CREATE_UNDONE)

    def load(self, content: Content, source: str, mode: ImportMode) -> None:
        """Import a file, from the claim in the history to its final state there."""
        lines = tuple(sorted(content.items()))
        sha256, options = hashlib.sha256(repr(lines).encode()).hexdigest(), ImportOptions(mode=mode)
        number = str(len(self._imports))
        incoming = IncomingFile(_NAME, b"", "sftp", SOURCES[source], remote_version=number)
        import_id = history.claim(self._connection, incoming, options, sha256, "", None)
        assert import_id is not None
        self._imports.append(import_id)
        self._connection.execute("UPDATE import_history SET mapping_digest = %s WHERE id = %s", (mode.value, import_id))
        walk = Walk(self._transactions, self._work(import_id, sha256, source, options), b"")
        with suppress(BudgetSyncError), walk.settling():
            walk.load(_prepared(lines))
        self._connection.execute(_END_STAGING)

    def _work(self, import_id: UUID, sha256: str, source: str, options: ImportOptions) -> Work:
        return Work(
            import_id=import_id,
            customer_id=self._customer_id,
            file_name=_NAME,
            sha256=sha256,
            source_type="sftp",
            source_id=SOURCES[source],
            user=None,
            status=ImportState.PROCESSING,
            options=options,
            defaults=Defaults(),
            known=Knowledge(),
            shown=None,
        )

    def undo(self, number: int) -> None:
        """Take an import back."""
        undo_id = review.take_back(self._transactions, self._customer_id, self._imports[number], None)
        self._connection.execute(
            "UPDATE import_history SET remote_version = %s WHERE id = %s", (str(len(self._imports)), undo_id)
        )
        self._imports.append(undo_id)
        self._connection.execute(_END_STAGING)

    def edit(self, key: Key, amount: int) -> None:
        """Change a line by hand."""
        self._connection.execute(_EDIT, (amount, *key, self._customer_id))

    def reserve(self, key: Key, amount: int) -> None:
        """Reserve money where the line allows it."""
        budget_id, _ = self._line(key)
        values = {"budget_id": budget_id, "amount": amount, "currency": "EUR", "override": False}
        self._connection.execute(reservation_statements.HOLD, values)

    def commit(self, key: Key) -> None:
        """Bind all that is reserved on a line."""
        budget_id, reserved = self._line(key)
        values = {"budget_id": budget_id, "reserved": -reserved, "committed": reserved, "spent": 0}
        self._connection.execute(reservation_statements.MOVE_BALANCES, values)

    def release(self, key: Key) -> None:
        """Give back all that is reserved on a line."""
        budget_id, reserved = self._line(key)
        values = {"budget_id": budget_id, "reserved": -reserved, "committed": 0, "spent": 0}
        self._connection.execute(reservation_statements.MOVE_BALANCES, values)

    def lines(self) -> list[tuple[object, ...]]:
        """Every line with its balances and all that was done to it, also of those that are gone."""
        return sorted((*row[:7], tuple(row[7])) for row in self._connection.execute(_LINES).fetchall())

    def history(self) -> list[tuple[object, ...]]:
        """State and counts of each import and undo, in their order."""
        return self._connection.execute(_HISTORY).fetchall()

    def _line(self, key: Key) -> tuple[UUID, int]:
        row = self._connection.execute(_LINE, key).fetchone()
        assert row is not None
        return row[0], row[1]
