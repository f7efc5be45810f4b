"""When a delivery that failed is tried again: ten attempts over three days. Pure."""

from datetime import timedelta
from typing import Final

# After the first failure, the second ...; about 73 hours from the first attempt to the tenth.
_PAUSES: Final = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 2 * 3_600, 5 * 3_600, 10 * 3_600, 14 * 3_600, 18 * 3_600, 23 * 3_600)
)
MOST_ATTEMPTS: Final = len(_PAUSES) + 1
_JITTER: Final = 0.1


def pause_after(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after so many attempts in vain; None: never again.

    ``chance``, from 0 to 1, spreads the waits by a tenth to both sides, so that a receiver that comes back does not
    hear everything at once.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    return _PAUSES[attempts - 1] * (1 - _JITTER + 2 * _JITTER * chance)
