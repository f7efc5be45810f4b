"""Schedules as people write them, in their own time zone."""

from datetime import datetime

import pytest

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.schedule import Schedule


def after(cron: str, moment: str, zone: str = "UTC") -> str:
    return Schedule.parse(cron, zone).next_after(datetime.fromisoformat(moment)).isoformat(timespec="minutes")[:16]


@pytest.mark.parametrize(
    ("cron", "moment", "due"),
    [
        ("0 2 * * *", "2026-01-01T01:59+00:00", "2026-01-01T02:00"),
        ("0 2 * * *", "2026-01-01T02:00+00:00", "2026-01-02T02:00"),
        ("0 */4 * * *", "2026-01-01T05:30+00:00", "2026-01-01T08:00"),
        ("*/15 * * * *", "2026-01-01T23:50+00:00", "2026-01-02T00:00"),
        ("5/20 8-10 * * *", "2026-01-01T08:26+00:00", "2026-01-01T08:45"),
        ("30 6 * * mon-fri", "2026-01-02T07:00+00:00", "2026-01-05T06:30"),
        ("0 0 * * 7", "2026-01-01T00:00+00:00", "2026-01-04T00:00"),
        ("0 0 1 jan,jul *", "2026-01-02T00:00+00:00", "2026-07-01T00:00"),
        ("0 0 13 * fri", "2026-01-01T00:00+00:00", "2026-01-02T00:00"),
        ("0 0 29 2 *", "2026-03-01T00:00+00:00", "2028-02-29T00:00"),
    ],
)
def test_the_next_time_is_found(cron: str, moment: str, due: str) -> None:
    assert after(cron, moment) == due


def test_two_in_the_morning_is_that_of_the_zone() -> None:
    assert after("0 2 * * *", "2026-07-01T00:30+00:00", "Europe/Berlin") == "2026-07-02T00:00"


def test_a_time_that_the_clock_skips_comes_when_it_was_put_forward() -> None:
    assert after("30 2 * * *", "2026-03-29T00:00+00:00", "Europe/Berlin") == "2026-03-29T01:30"


def test_a_time_that_comes_twice_counts_once() -> None:
    first = after("30 2 * * *", "2026-10-24T23:00+00:00", "Europe/Berlin")
    assert (first, after("30 2 * * *", f"{first}+00:00", "Europe/Berlin")) == ("2026-10-25T00:30", "2026-10-26T01:30")


@pytest.mark.parametrize(
    "cron",
    [
        "",
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "*/0 * * * *",
        "5-1 * * * *",
        "a b c d e",
    ],
)
def test_what_is_no_schedule_is_refused(cron: str) -> None:
    with pytest.raises(ConfigurationError):
        Schedule.parse(cron)


def test_a_day_that_never_comes_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="never comes"):
        after("0 0 30 2 *", "2026-01-01T00:00+00:00")


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="time zone"):
        Schedule.parse("0 2 * * *", "Berlin")
