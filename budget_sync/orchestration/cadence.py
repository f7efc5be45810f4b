"""When a source is looked at next: by its own schedule, sooner while a file is still growing, later while it fails."""

from datetime import datetime, timedelta
from typing import Final

from budget_sync.sources.claims import Look
from budget_sync.sources.configuration import SourceConfiguration
from budget_sync.sources.schedule import Schedule

# Two looks decide whether a file stands still; the second must not wait for a schedule of hours.
SECOND_LOOK: Final = timedelta(seconds=3)
LONGEST_BACK_OFF: Final = timedelta(hours=1)
# A source of every few hours, or once a day, that fails is tried again the same night.
_FIRST_BACK_OFF: Final = timedelta(minutes=1)
_DOUBLINGS: Final = 16


def next_look(source: SourceConfiguration, look: Look, now: datetime) -> datetime:
    """After a look that went well: sooner than scheduled while a file waits to stand still or to be tried again."""
    moments = [regular_look(source, now)]
    if look.waiting:
        moments.append(now + SECOND_LOOK)
    if look.retry_at is not None:
        moments.append(look.retry_at)
    return min(moments)


def next_look_after_failure(source: SourceConfiguration, now: datetime) -> datetime:
    """Twice as long after each failure in a row, an hour at most; a source that is polled, never sooner than that."""
    often = not source.cron and timedelta(seconds=source.poll_seconds) <= LONGEST_BACK_OFF
    first = timedelta(seconds=source.poll_seconds) if often else _FIRST_BACK_OFF
    return now + min(first * (1 << min(source.consecutive_failures, _DOUBLINGS)), LONGEST_BACK_OFF)


def regular_look(source: SourceConfiguration, after: datetime) -> datetime:
    """When its schedule has the source looked at next, whatever happened."""
    if source.cron:
        return Schedule.parse(source.cron, source.time_zone).next_after(after)
    return after + timedelta(seconds=source.poll_seconds)
