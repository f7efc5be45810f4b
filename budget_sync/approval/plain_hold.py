"""Reserves that their lines take whole, held together by one statement; whatever else is left to ``reservations``.

In: a connection whose transaction sees one customer, the holds. Out: for each the reservation as it stands, or None
with nothing done: not enough for all that want of its line, another currency, closed, a reference that is taken, no
such line. Several lines are locked in the order of their ids, and only while no import of the customer is at them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from budget_sync.approval import reservation_statements as statements
from budget_sync.approval.check import Answering, AsyncConnection, read_lines
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.ledger import ReservationState
from budget_sync.approval.reservation_types import EXPIRES_AFTER, AllocationAnswer, ReservationAnswer, ReserveRequest
from budget_sync.database.direct import NamedStatement, Row, in_one_go
from budget_sync.domain.ids import new_id
from budget_sync.notification.events import EventType
from budget_sync.notification.outbox import EMIT_RESERVATIONS

LOCK_LINES = NamedStatement.of("lock_lines", statements.LOCK_LINES)
HOLD = NamedStatement.of("hold_together", statements.HOLD_TOGETHER)
EMIT = NamedStatement.of("emit_reservations", EMIT_RESERVATIONS)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlainHold:
    """A request for the whole of its amount on one line, and the id of the reservation that it may become."""

    request: ReserveRequest
    budget_id: UUID
    made_by: str
    reservation_id: UUID = field(default_factory=new_id)


async def plain_hold(
    answering: Answering, terms: CustomerTerms, request: ReserveRequest, made_by: str
) -> PlainHold | None:
    """None where several lines share it, where it may pass above the cap, or where names do not lead to one line."""
    if request.override_reason is not None:
        return None
    if request.place is None:
        return PlainHold(request, request.shares[0].budget_id, made_by) if len(request.shares) == 1 else None
    found = await read_lines(answering, terms, request.place)
    line = None if found.needs_rates else found.match().only_line
    return PlainHold(request, UUID(line.id), made_by) if line else None


async def hold_at_once(
    connection: AsyncConnection, customer_id: UUID, holds: Sequence[PlainHold]
) -> list[ReservationAnswer | None]:
    """What became of each, in their order. References and ids are all different.

    Raises:
        psycopg.Error: nothing was held, and the transaction is to be taken back: a reference that somebody takes at
            this moment, an amount beyond 15 digits, a lock that was not had in time.
    """
    lines = {hold.budget_id for hold in holds}
    if len(lines) > 1:
        lines = await _locked(connection, customer_id, lines)
    wanted = [hold for hold in holds if hold.budget_id in lines]
    if not wanted:
        return [None for _ in holds]
    expiry = datetime.now(UTC) + EXPIRES_AFTER
    expires = {hold.reservation_id: hold.request.expires_at or expiry for hold in wanted}
    values = {
        "customer_id": customer_id,
        "reservation_ids": [hold.reservation_id for hold in wanted],
        "budget_ids": [hold.budget_id for hold in wanted],
        "external_references": [hold.request.external_reference for hold in wanted],
        "amounts": [hold.request.amount for hold in wanted],
        "currencies": [hold.request.currency for hold in wanted],
        "made_by": [hold.made_by for hold in wanted],
        "expire_at": list(expires.values()),
        "event": EventType.RESERVED.value,
    }
    held, _ = await in_one_go(connection, [HOLD.step(values), EMIT.step(values)])
    rows = {row[0]: row for row in held}
    found = ((hold, rows.get(str(hold.reservation_id))) for hold in holds)
    return [_answer(hold, expires[hold.reservation_id], row) if row else None for hold, row in found]


async def _locked(connection: AsyncConnection, customer_id: UUID, lines: set[UUID]) -> set[UUID]:
    values = {"imports": f"import:{customer_id}", "budget_ids": sorted(lines)}
    (rows,) = await in_one_go(connection, [LOCK_LINES.step(values)])
    return {UUID(row[0]) for row in rows}


def _answer(hold: PlainHold, expires_at: datetime, row: Row) -> ReservationAnswer:
    _, currency, created_at = row
    request = hold.request
    amount = request.amount.normalize() + 0  # as the database trims it: 10.50 is 10.5, and 100 stays 100
    return ReservationAnswer(
        reservation_id=hold.reservation_id,
        state=ReservationState.RESERVED,
        external_reference=request.external_reference,
        amount=amount,
        currency=str(currency),
        reserved=amount,
        committed=_NOTHING,
        actual_spent=_NOTHING,
        expires_at=expires_at,
        created_at=datetime.fromisoformat(str(created_at)),
        allocations=[AllocationAnswer(hold.budget_id, amount, amount, _NOTHING, _NOTHING)],
    )
