"""Random sequences of imports, edits, reservations and undos: the database and the simple model always agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from budget_sync.database import Connection, Database
from budget_sync.database.rows import only_row
from budget_sync.domain.fields import ImportMode
from budget_sync.importing.customers import create_customer
from budget_sync.loading import LoadOrder, load, lock_customer, prepare, undo
from budget_sync_tests.database.loading.lines import line, validated
from budget_sync_tests.database.loading.model import Key, Model

_KEYS = [(department, period) for department in ("Sales", "Legal", "Design") for period in ("FY2025", "FY2026")]
_SOURCES = {"first": uuid4(), "second": uuid4()}
_AMOUNTS = st.integers(1, 4)
_OPERATIONS = st.one_of(
    st.tuples(
        st.just("import"),
        st.dictionaries(st.sampled_from(_KEYS), _AMOUNTS, min_size=1),
        st.sampled_from(sorted(_SOURCES)),
        st.sampled_from([ImportMode.UPSERT, ImportMode.REPLACE]),
    ),
    st.tuples(st.just("edit"), st.integers(0, 5), st.integers(5, 8)),
    st.tuples(st.just("reserve"), st.integers(0, 5), _AMOUNTS),
    st.tuples(st.just("undo"), st.integers(0, 9)),
)


class Customer:
    """The same operations on the database, in one transaction that is taken back in the end."""

    def __init__(self, connection: Connection, customer_id: UUID) -> None:
        self.connection = connection
        self.id = customer_id
        self.imports: list[UUID] = []

    def load(self, amounts: dict[Key, int], source: str, mode: ImportMode) -> None:
        """Import a file."""
        import_id = self._begin()
        lines = validated(*(line(key[0], str(amount), period=key[1]) for key, amount in amounts.items()))
        order = LoadOrder(self.id, import_id, "sftp", _SOURCES[source], mode=mode)
        with self._step():
            load(self.connection, order, prepare([lines]))

    def undo(self, number: int) -> None:
        """Take an import back."""
        import_id = self._begin()
        with self._step():
            undo(self.connection, customer_id=self.id, undone=self.imports[number], import_id=import_id, user=None)

    def edit(self, key: Key, amount: int) -> None:
        """Change a line by hand."""
        self.connection.execute(
            """
            WITH written AS (
                UPDATE budget SET budgeted_amount = %s WHERE department = %s AND fiscal_period = %s
                AND deleted_at IS NULL
                RETURNING id, old.budgeted_amount AS old_amount, new.budgeted_amount AS new_amount)
            INSERT INTO budget_revision (customer_id, budget_id, change, old_amount, new_amount)
            SELECT %s, id, 'updated', old_amount, new_amount FROM written
            """,
            (amount, *key, self.id),
        )

    def reserve(self, key: Key, amount: int) -> None:
        """Reserve money where the line allows it."""
        self.connection.execute(
            """
            UPDATE budget SET reserved_amount = reserved_amount + %(amount)s
            WHERE department = %(department)s AND fiscal_period = %(period)s AND deleted_at IS NULL AND state = 'open'
              AND reserved_amount + %(amount)s <= budgeted_amount
            """,
            {"amount": amount, "department": key[0], "period": key[1]},
        )

    def lines(self) -> dict[Key, tuple[int, int, str]]:
        """What stands: amount, reserved, state."""
        rows = self.connection.execute(
            "SELECT department, fiscal_period, budgeted_amount::int, reserved_amount::int, state FROM budget"
            " WHERE deleted_at IS NULL"
        ).fetchall()
        return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}

    def revisions(self) -> list[tuple[str, str, str]]:
        """The changes of each line, also of those that are gone."""
        rows = self.connection.execute(
            "SELECT b.department, b.fiscal_period, string_agg(r.change, ' ' ORDER BY r.id)"
            " FROM budget b JOIN budget_revision r ON r.budget_id = b.id GROUP BY b.id, b.department, b.fiscal_period"
        ).fetchall()
        return sorted((row[0], row[1], row[2]) for row in rows)

    def _begin(self) -> UUID:
        (import_id,) = only_row(
            self.connection.execute(
                "INSERT INTO import_history (customer_id, file_name, sha256, size_bytes, source_type)"
                " VALUES (%s, 'model', 'none', 0, 'sftp') RETURNING id",
                (self.id,),
            )
        )
        self.imports.append(import_id)
        return UUID(str(import_id))

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Where an import's transaction would end, its staging tables end here."""
        lock_customer(self.connection, self.id)
        yield
        staging = ("staged_amount", "staged_name", "matched_line", "undone")
        self.connection.execute("DROP TABLE IF EXISTS " + ", ".join(staging))


@pytest.fixture
def fresh_customer(database: Database) -> UUID:
    """A customer without lines, whose transactions are all taken back."""
    return create_customer(database, "model").id


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=st.lists(_OPERATIONS, max_size=12))
def test_the_database_agrees_with_the_model(
    database: Database, fresh_customer: UUID, operations: list[tuple[object, ...]]
) -> None:
    with database.tenant(fresh_customer) as connection:
        customer, model = Customer(connection, fresh_customer), Model()
        for operation in operations:
            _apply(operation, customer, model)
            assert customer.lines() == {
                key: (found.amount, found.reserved, found.state) for key, found in model.live().items()
            }
            assert customer.revisions() == sorted(
                (*found.key, " ".join(revision.change for revision in found.revisions)) for found in model.lines
            )
        connection.rollback()


def _apply(operation: tuple[object, ...], customer: Customer, model: Model) -> None:
    match operation:
        case ("import", dict(amounts), str(source), ImportMode() as mode):
            customer.load(amounts, source, mode)
            model.load(len(customer.imports) - 1, amounts, source, mode)
        case ("undo", int(choice)) if model.standing:
            undone = sorted(model.standing)[choice % len(model.standing)]
            customer.undo(undone)
            model.undo(len(customer.imports) - 1, undone)
        case ("edit", int(choice), int(amount)) if model.live():
            key = sorted(model.live())[choice % len(model.live())]
            customer.edit(key, amount)
            model.edit(key, amount)
        case ("reserve", int(choice), int(amount)) if model.live():
            key = sorted(model.live())[choice % len(model.live())]
            customer.reserve(key, amount)
            model.reserve(key, amount)
