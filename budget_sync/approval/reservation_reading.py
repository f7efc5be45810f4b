"""A reservation as it stands, with its lines and, where asked for, each entry of its ledger.

In: a connection whose transaction sees one customer. Out: ``ReservationAnswer``.
"""

from uuid import UUID

from psycopg.rows import TupleRow

from budget_sync.approval import reservation_statements as statements
from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.ledger import EntryKind, ReservationState
from budget_sync.approval.reservation_types import AllocationAnswer, Conversion, EntryAnswer, ReservationAnswer
from budget_sync.domain.errors import NotFoundError


async def read_reservation(
    connection: AsyncConnection, reservation_id: UUID, *, with_entries: bool = False
) -> ReservationAnswer:
    """The reservation as it stands.

    Raises:
        NotFoundError: the customer has no such reservation.
    """
    row = await (await connection.execute(statements.READ_RESERVATION, (reservation_id,))).fetchone()
    if row is None:
        raise NotFoundError("There is no such reservation.")
    found, state, reference, amount, currency, expires_at, created_at, reason, *converted = row
    lines = await (await connection.execute(statements.READ_LINES, (reservation_id,))).fetchall()
    entries = None
    if with_entries:
        rows = await (await connection.execute(statements.READ_ENTRIES, (reservation_id,))).fetchall()
        entries = [_entry_answer(each) for each in rows]
    return ReservationAnswer(
        reservation_id=found,
        state=ReservationState(state),
        external_reference=reference,
        amount=amount,
        currency=currency,
        reserved=sum(line[2] for line in lines),
        committed=sum(line[3] for line in lines),
        actual_spent=sum(line[4] for line in lines),
        expires_at=expires_at,
        created_at=created_at,
        allocations=[AllocationAnswer(*line) for line in lines],
        override_reason=reason,
        entries=entries,
        conversion=None if converted[0] is None else Conversion(*converted),
    )


def _entry_answer(row: TupleRow) -> EntryAnswer:
    budget_id, kind, *rest = row
    return EntryAnswer(budget_id, EntryKind(kind), *rest)
