"""A reserve that fits, held in one round trip; whatever is in its way is left to ``reservations.reserve``.

In: a connection whose transaction sees one customer, the shares. Out: the reservation as it stands, or None with
nothing done: not enough, another currency, closed, an override, a reference that is taken. The statements are those of
the long way; what differs is that all of them are sent before the first is answered.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import psycopg

from budget_sync.approval import reservation_statements as statements
from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.movement import EntryKind, ReservationState
from budget_sync.approval.reservation_types import (
    EXPIRES_AFTER,
    AllocationAnswer,
    ReservationAnswer,
    ReserveRequest,
    Share,
)
from budget_sync.database.direct import DirectStatement, NamedStatement, Row, Step, in_one_go
from budget_sync.domain.ids import new_id
from budget_sync.notification.events import EventType
from budget_sync.notification.outbox import EMIT_RESERVATION

SAVE = DirectStatement("save_plain_hold", "SAVEPOINT plain_hold")
_TAKE_BACK = "ROLLBACK TO SAVEPOINT plain_hold"
STATEMENTS = (
    NamedStatement.of("open_reservation", statements.OPEN_RESERVATION),
    NamedStatement.of("hold", statements.HOLD),
    NamedStatement.of("add_reservation_line", statements.ADD_LINE),
    NamedStatement.of("add_entry", statements.ADD_ENTRY),
    NamedStatement.of("emit_reservation", EMIT_RESERVATION),
)
_NOTHING = Decimal(0)


async def hold_at_once(
    connection: AsyncConnection, terms: CustomerTerms, request: ReserveRequest, shares: Sequence[Share], made_by: str
) -> ReservationAnswer | None:
    """The reservation where one line has room for the whole amount, else None."""
    if len(shares) != 1 or request.override_reason is not None:
        return None
    (share,) = shares
    reservation_id = new_id()
    expires_at = request.expires_at or datetime.now(UTC) + EXPIRES_AFTER
    steps = [(SAVE, ()), *_steps(terms.customer_id, reservation_id, request, share, expires_at, made_by)]
    try:
        _, opened, held, *_ = await in_one_go(connection, steps)
    except (
        psycopg.IntegrityError
    ):  # no such line, or a reference that is taken: its line had no reservation to stand in
        opened, held = [], []
    if not opened or not held:
        await connection.execute(_TAKE_BACK)
        return None
    return _answer(reservation_id, request, share, expires_at, opened[0], held[0])


def _steps(
    customer_id: UUID, reservation_id: UUID, request: ReserveRequest, share: Share, expires_at: datetime, made_by: str
) -> list[Step]:
    values = {
        "customer_id": customer_id,
        "reservation_id": reservation_id,
        "budget_id": share.budget_id,
        "external_reference": request.external_reference,
        "amount": share.amount,
        "currency": request.currency,
        "override": False,
        "override_reason": None,
        "made_by": made_by,
        "expires_at": expires_at,
        "kind": EntryKind.RESERVE.value,
        "reserved": share.amount,
        "committed": 0,
        "spent": 0,
        "reason": None,
        "event": EventType.RESERVED.value,
    }
    return [statement.step(values) for statement in STATEMENTS]


def _answer(
    reservation_id: UUID, request: ReserveRequest, share: Share, expires_at: datetime, opened: Row, held: Row
) -> ReservationAnswer:
    amount = request.amount.normalize() + 0  # as the database trims it: 10.50 is 10.5, and 100 stays 100
    return ReservationAnswer(
        reservation_id=reservation_id,
        state=ReservationState.RESERVED,
        external_reference=request.external_reference,
        amount=amount,
        currency=str(held[0]),
        reserved=amount,
        committed=_NOTHING,
        actual_spent=_NOTHING,
        expires_at=expires_at,
        created_at=datetime.fromisoformat(str(opened[0])),
        allocations=[AllocationAnswer(share.budget_id, amount, amount, _NOTHING, _NOTHING)],
    )
