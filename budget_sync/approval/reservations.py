"""Reserve, commit, spend, close, release, expire: money moves on its lines, with the ledger, in one transaction.

In: a connection whose transaction sees one customer, and a request. Out: ``ReservationAnswer``. Several lines are
locked in the order of their ids, all or none. The caller commits; nothing is remembered between two calls.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from budget_sync.approval import reservation_statements as statements
from budget_sync.approval.booking import Booking, booking_of
from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.ledger import Entry, EntryKind, HeldLine, ReservationState
from budget_sync.approval.movement import Call, Wish, change_of
from budget_sync.approval.policy import WhenExceeded
from budget_sync.approval.refusals import line_refusal
from budget_sync.approval.reservation_reading import read_reservation
from budget_sync.approval.reservation_types import (
    EXPIRES_AFTER,
    ReservationAnswer,
    ReserveRequest,
    Share,
)
from budget_sync.domain.errors import ConflictError, NotFoundError
from budget_sync.domain.ids import new_id
from budget_sync.notification.events import EventType
from budget_sync.notification.outbox import EMIT_OVERRUN, EMIT_RESERVATIONS

_EVENT_OF = {Call.COMMIT: EventType.COMMITTED, Call.RELEASE: EventType.RELEASED, Call.EXPIRE: EventType.EXPIRED}


async def reserve(
    connection: AsyncConnection, terms: CustomerTerms, request: ReserveRequest, made_by: str
) -> ReservationAnswer:
    """Hold the amount on its line or lines, never above a cap but by a recorded override.

    Raises:
        RefusedError: no line, several lines without shares, another currency, closed, or not enough; with the numbers.
        ConflictError: the external reference was used before.
        NotFoundError: the customer has no such line.
    """
    booking = await booking_of(connection, terms, request)
    reservation_id = await _open(connection, terms.customer_id, request, booking, made_by)
    await stand_by_imports(connection, terms.customer_id, len(booking.shares))
    for share in sorted(booking.shares, key=lambda each: each.budget_id):
        above_cap_because = await _hold(connection, share, booking, request.override_reason)
        values = {"customer_id": terms.customer_id, "reservation_id": reservation_id, "budget_id": share.budget_id}
        await connection.execute(statements.ADD_LINE, values | {"amount": share.amount})
        kind = EntryKind.OVERRIDE if above_cap_because else EntryKind.RESERVE
        entry = Entry(str(share.budget_id), kind, reserved=share.amount)
        await _record(connection, terms.customer_id, reservation_id, entry, made_by, above_cap_because)
    await _tell(connection, reservation_id, EventType.RESERVED)
    return await read_reservation(connection, reservation_id)


async def move(
    connection: AsyncConnection, customer_id: UUID, reservation_id: UUID, wish: Wish, made_by: str
) -> ReservationAnswer:
    """Commit, spend, close or release.

    Raises:
        NotFoundError: the customer has no such reservation.
        ConflictError: its state does not allow it, or its time is over.
        RefusedError: the amount is more than there is.
    """
    row = await (await connection.execute(statements.LOCK_RESERVATION, (reservation_id,))).fetchone()
    if row is None:
        raise NotFoundError("There is no such reservation.")
    state, overdue = row
    if overdue and wish.call is not Call.RELEASE:
        raise ConflictError("The time of this reservation is over. Reserve again.", code="reservation_expired")
    await _apply(connection, customer_id, reservation_id, ReservationState(state), wish, made_by)
    return await read_reservation(connection, reservation_id)


async def expire_reservation(connection: AsyncConnection, customer_id: UUID, reservation_id: UUID) -> bool:
    """Give back what a reservation past its time holds; False where someone else is at it, or it is settled."""
    row = await (await connection.execute(statements.LOCK_EXPIRED, (reservation_id,))).fetchone()
    if row is None:
        return False
    await _apply(connection, customer_id, reservation_id, ReservationState.RESERVED, Wish(Call.EXPIRE), "expiry")
    return True


async def _open(
    connection: AsyncConnection, customer_id: UUID, request: ReserveRequest, booking: Booking, made_by: str
) -> UUID:
    opened, conversion = new_id(), booking.conversion
    values = {
        "reservation_id": opened,
        "customer_id": customer_id,
        "external_reference": request.external_reference,
        "amount": sum(share.amount for share in booking.shares),
        "currency": booking.currency,
        "asked_amount": conversion and conversion.amount,
        "asked_currency": conversion and conversion.currency,
        "rate": conversion and conversion.rate,
        "rate_valid_on": conversion and conversion.valid_on,
        "override_reason": request.override_reason,
        "made_by": made_by,
        "expires_at": request.expires_at or datetime.now(UTC) + EXPIRES_AFTER,
    }
    row = await (await connection.execute(statements.OPEN_RESERVATION, values)).fetchone()
    if row is None:
        raise ConflictError(
            "There is a reservation with this externalReference already; it stays taken for good.",
            code="duplicate_reference",
        )
    return opened


async def _hold(connection: AsyncConnection, share: Share, booking: Booking, override_reason: str | None) -> str | None:
    """Hold a share; None where it fits, else why it may stand above the cap."""
    values = {"budget_id": share.budget_id, "amount": share.amount, "currency": booking.currency}
    if (await connection.execute(statements.HOLD, values | {"override": False})).rowcount:
        return None
    because = override_reason or await _lenient_rule(connection, share)
    if because and (await connection.execute(statements.HOLD, values | {"override": True})).rowcount:
        return because
    row = await (await connection.execute(statements.REFUSED_LINE, (share.budget_id,))).fetchone()
    raise line_refusal(row, share, booking.currency, booking.conversion)


async def _lenient_rule(connection: AsyncConnection, share: Share) -> str | None:
    row = await (await connection.execute(statements.RULE_OF_LINE, (share.budget_id,))).fetchone()
    return f"rule: {row[0]}" if row is not None and row[0] != WhenExceeded.STOP else None


async def _apply(
    connection: AsyncConnection,
    customer_id: UUID,
    reservation_id: UUID,
    state: ReservationState,
    wish: Wish,
    made_by: str,
) -> None:
    rows = await (await connection.execute(statements.HELD_LINES, (reservation_id,))).fetchall()
    change = change_of(state, [HeldLine(*row) for row in rows], wish)
    await stand_by_imports(connection, customer_id, len(rows))
    for entry in _in_lock_order(change.entries):
        values = _moved(entry) | {"reservation_id": reservation_id}
        await connection.execute(statements.MOVE_BALANCES, values)
        await connection.execute(statements.MOVE_LINE, values)
        await _record(connection, customer_id, reservation_id, entry, made_by, None)
        if entry.kind is EntryKind.OVERRUN:
            await connection.execute(EMIT_OVERRUN, values)
    await connection.execute(statements.SET_STATE, (change.state.value, reservation_id))
    if wish.call in _EVENT_OF:
        await _tell(connection, reservation_id, _EVENT_OF[wish.call])


async def _tell(connection: AsyncConnection, reservation_id: UUID, event: EventType) -> None:
    await connection.execute(EMIT_RESERVATIONS, {"reservation_ids": [reservation_id], "event": event})


async def stand_by_imports(connection: AsyncConnection, customer_id: UUID, lines: int) -> None:
    """Let an import finish before several lines are locked: it locks its own in the order of its file.

    One line alone needs no such patience: it waits for an import that holds it, and never holds what that waits for.
    """
    if lines > 1:
        await connection.execute(statements.STAND_BY_IMPORTS, (f"import:{customer_id}",))


def _in_lock_order(entries: Sequence[Entry]) -> list[Entry]:
    """By line, each line's steps in their own order: two calls that meet never wait for each other in a ring."""
    return sorted(entries, key=lambda entry: UUID(entry.budget_id))


async def _record(
    connection: AsyncConnection, customer_id: UUID, reservation_id: UUID, entry: Entry, made_by: str, reason: str | None
) -> None:
    values = _moved(entry) | {
        "customer_id": customer_id,
        "reservation_id": reservation_id,
        "kind": entry.kind.value,
        "made_by": made_by,
        "reason": reason,
    }
    await connection.execute(statements.ADD_ENTRY, values)


def _moved(entry: Entry) -> dict[str, Any]:
    return {
        "budget_id": entry.budget_id,
        "reserved": entry.reserved,
        "committed": entry.committed,
        "spent": entry.spent,
    }
