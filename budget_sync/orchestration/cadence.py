"""When a source is looked at next: by its own schedule, sooner while a file is still growing, later while it fails."""

from datetime import datetime, timedelta
from typing import Final

from budget_sync.sources.configuration import SourceConfiguration

# Two looks decide whether a file stands still; the second must not wait for a schedule of hours.
SECOND_LOOK: Final = timedelta(seconds=3)
LONGEST_BACK_OFF: Final = timedelta(hours=1)
_DOUBLINGS: Final = 16


def next_look(source: SourceConfiguration, now: datetime, *, waiting: bool) -> datetime:
    """After a look that went well; ``waiting``: some file was not yet seen to stand still."""
    regular = now + timedelta(seconds=source.poll_seconds)
    return min(regular, now + SECOND_LOOK) if waiting else regular


def next_look_after_failure(source: SourceConfiguration, now: datetime) -> datetime:
    """Twice as long after each failure in a row, an hour at most, but never sooner than the source's own schedule."""
    own = timedelta(seconds=source.poll_seconds)
    doubled = own * (1 << min(source.consecutive_failures, _DOUBLINGS))
    return now + max(own, min(doubled, LONGEST_BACK_OFF))
