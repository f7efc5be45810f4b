"""Ids that the program chooses itself, of the form that the database makes too: UUID version 7, which sorts by time."""

import secrets
import time
from uuid import UUID

_MILLISECOND = 1_000_000


def new_id() -> UUID:
    """48 bits of the time in milliseconds, 74 of chance (RFC 9562)."""
    chance = secrets.randbits(74)
    high, low = chance >> 62, chance & (1 << 62) - 1
    return UUID(int=time.time_ns() // _MILLISECOND << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
