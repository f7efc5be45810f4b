"""What a reservation is asked with, and what it answers, as the contract's JSON shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec

from budget_sync.approval.ledger import EntryKind, ReservationState
from budget_sync.approval.request import CheckRequest

EXPIRES_AFTER = timedelta(hours=48)
LONGEST_HOLD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a reservation one budget line holds."""

    budget_id: UUID
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """``shares`` add up to ``amount``; or else ``place`` names the line as a check does.

    ``currency`` None: the customer's, or the line's. With an ``override_reason`` it may pass above the cap; the ledger
    keeps the reason.
    """

    amount: Decimal
    external_reference: str
    expires_at: datetime | None = None
    shares: tuple[Share, ...] = ()
    place: CheckRequest | None = None
    currency: str | None = None
    override_reason: str | None = None


class Conversion(msgspec.Struct, frozen=True, rename="camel"):
    """What was asked for; one unit of the reservation's currency counted as ``rate`` of it, since ``valid_on``."""

    amount: Decimal
    currency: str
    rate: Decimal
    valid_on: date


class AllocationAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """One line of a reservation: what it held at first, and what of that is held, committed and spent now."""

    budget_id: UUID
    amount: Decimal
    reserved: Decimal
    committed: Decimal
    actual_spent: Decimal


class EntryAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """One step of the ledger: how much it moved on its line."""

    budget_id: UUID
    kind: EntryKind
    reserved: Decimal
    committed: Decimal
    actual_spent: Decimal
    made_by: str
    reason: str | None
    at: datetime


class ReservationAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """A reservation as it stands; ``reserved``, ``committed`` and ``actual_spent`` are over all its lines.

    Every amount is in ``currency``, that of its lines; ``conversion``: where another one was asked in.
    """

    reservation_id: UUID
    state: ReservationState
    external_reference: str
    amount: Decimal
    currency: str
    reserved: Decimal
    committed: Decimal
    actual_spent: Decimal
    expires_at: datetime
    created_at: datetime
    allocations: list[AllocationAnswer]
    override_reason: str | None = None
    entries: list[EntryAnswer] | None = None
    conversion: Conversion | None = None
    success: bool = True
