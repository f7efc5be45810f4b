"""When a source with a schedule is due: the five fields of cron, in the time zone of whoever wrote them.

In: ``0 2 * * *`` and a zone. Out: the next moment. Lists, ranges, steps and English names of months and weekdays are
read; where both days are restricted, either is enough, as cron has it. A time that the clock skips in spring comes
when the clock has been put forward; one that comes twice in autumn counts once.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from budget_sync.domain.errors import ConfigurationError

_PART = re.compile(r"(?:(?P<all>\*)|(?P<first>[0-9a-z]+)(?:-(?P<last>[0-9a-z]+))?)(?:/(?P<step>[0-9]+))?")
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {name: at for at, name in enumerate(_MONTH_NAMES, 1)}
_WEEKDAYS: Final = {name: at for at, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))}
_SUNDAY_TOO: Final = 7
# 29 February comes again after eight years at the latest.
_MOST_DAYS: Final = 366 * 8 + 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """The minutes, hours and days that are meant; weekdays count from Sunday, 0."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool
    zone: ZoneInfo

    @classmethod
    def parse(cls, cron: str, time_zone: str = "UTC") -> Self:
        """The schedule of five fields.

        Raises:
            ConfigurationError: a field or the zone cannot be read.
        """
        fields = cron.lower().split()
        if len(fields) != 5:  # noqa: PLR2004 - minute, hour, day, month, weekday
            raise ConfigurationError(
                f"The schedule {cron[:80]!r} needs five fields: minute, hour, day, month, weekday; such as 0 2 * * *."
            )
        minute, hour, day, month, weekday = fields
        try:
            zone = ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder of zones
            raise ConfigurationError(
                f"There is no time zone {time_zone[:80]!r}. Write Europe/Berlin or UTC."
            ) from error
        weekdays = _values(weekday, 0, _SUNDAY_TOO, _WEEKDAYS)
        return cls(
            minutes=tuple(sorted(_values(minute, 0, 59))),
            hours=tuple(sorted(_values(hour, 0, 23))),
            days=_values(day, 1, 31),
            months=_values(month, 1, 12, _MONTHS),
            weekdays=frozenset(number % _SUNDAY_TOO for number in weekdays),
            either_day=not day.startswith("*") and not weekday.startswith("*"),
            zone=zone,
        )

    def next_after(self, moment: datetime) -> datetime:
        """The first time after this moment, in UTC.

        Raises:
            ConfigurationError: it never comes, as 30 February.
        """
        first_day = moment.astimezone(self.zone).date()
        for ahead in range(_MOST_DAYS):
            day = first_day + timedelta(days=ahead)
            if not self._meets(day):
                continue
            for hour in self.hours:
                for minute in self.minutes:
                    due = datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)
                    if due > moment:
                        return due
        raise ConfigurationError("This schedule names a day that never comes.")

    def _meets(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        by_day, by_weekday = day.day in self.days, day.isoweekday() % _SUNDAY_TOO in self.weekdays
        return by_day or by_weekday if self.either_day else by_day and by_weekday


def _values(field: str, least: int, most: int, names: dict[str, int] | None = None) -> frozenset[int]:
    values: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise _unreadable(part)
        if match["all"]:
            first, last = least, most
        else:
            first = _number(match["first"], names)
            # 5/15 means from 5 on, 5 alone means 5
            last = _number(match["last"], names) if match["last"] else most if match["step"] else first
        step = int(match["step"] or 1)
        if not least <= first <= last <= most or step == 0:
            raise _unreadable(part)
        values.update(range(first, last + 1, step))
    return frozenset(values)


def _number(text: str, names: dict[str, int] | None) -> int:
    if text.isascii() and text.isdecimal():
        return int(text)
    try:
        return (names or {})[text]
    except KeyError as error:
        raise _unreadable(text) from error


def _unreadable(part: str) -> ConfigurationError:
    return ConfigurationError(f"The schedule has a part {part[:40]!r} that cannot be read or is out of range.")
