"""What a reservation is made of: what it holds of each line, the steps that led there, the state. Values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_NOTHING = Decimal(0)


class ReservationState(StrEnum):
    """Where a reservation stands."""

    RESERVED = "reserved"
    PARTIALLY_COMMITTED = "partially_committed"
    COMMITTED = "committed"
    PARTIALLY_SPENT = "partially_spent"
    SPENT = "spent"
    RELEASED = "released"
    EXPIRED = "expired"


class EntryKind(StrEnum):
    """What a step of the ledger was."""

    RESERVE = "reserve"
    OVERRIDE = "override"
    COMMIT = "commit"
    SPEND = "spend"
    OVERRUN = "overrun"
    CLOSE = "close"
    RELEASE = "release"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What a reservation holds of one budget line. ``reserved``: still open; ``committed`` contains ``spent``."""

    budget_id: str
    reserved: Decimal
    committed: Decimal = _NOTHING
    spent: Decimal = _NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: how much it adds to (or takes from) what a line has reserved, committed and spent."""

    budget_id: str
    kind: EntryKind
    reserved: Decimal = _NOTHING
    committed: Decimal = _NOTHING
    spent: Decimal = _NOTHING


@dataclass(frozen=True, slots=True)
class Change:
    """The lines afterwards, the steps that led there, and the state that follows."""

    lines: tuple[HeldLine, ...]
    entries: tuple[Entry, ...]
    state: ReservationState
