"""When a source is looked at next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from budget_sync.orchestration.cadence import next_look, next_look_after_failure
from budget_sync.sources.claims import Look
from budget_sync.sources.configuration import SourceConfiguration
from budget_sync.sources.sftp_configuration import SftpConfiguration

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONNECTION = SftpConfiguration(host="sftp.partner.example", username="acme")
SOURCE = SourceConfiguration(UUID(int=1), UUID(int=2), "acme", "s", CONNECTION, 60)


QUIET, WAITING = Look((), 0), Look((), 1)


def seconds(moment: datetime) -> float:
    return (moment - NOW).total_seconds()


def test_a_quiet_source_is_looked_at_by_its_own_schedule() -> None:
    assert seconds(next_look(SOURCE, QUIET, NOW)) == 60


def test_the_second_look_at_a_new_file_comes_soon() -> None:
    assert seconds(next_look(SOURCE, WAITING, NOW)) == 3


def test_a_source_that_is_looked_at_every_second_is_not_slowed_down_by_a_new_file() -> None:
    assert seconds(next_look(replace(SOURCE, poll_seconds=1), WAITING, NOW)) == 1


@pytest.mark.parametrize(("failures_before", "wait"), [(0, 60), (1, 120), (2, 240), (5, 1920), (6, 3600), (1000, 3600)])
def test_a_failing_source_is_looked_at_less_and_less_often(failures_before: int, wait: int) -> None:
    assert seconds(next_look_after_failure(replace(SOURCE, consecutive_failures=failures_before), NOW)) == wait


def test_a_source_that_is_polled_is_not_looked_at_more_often_because_it_fails() -> None:
    half_hourly = replace(SOURCE, poll_seconds=1800)
    assert seconds(next_look_after_failure(half_hourly, NOW)) == 1800


@pytest.mark.parametrize(("failures_before", "wait"), [(0, 60), (3, 480), (9, 3600)])
def test_a_source_of_every_few_hours_that_fails_is_not_left_alone_for_hours(failures_before: int, wait: int) -> None:
    rare = replace(SOURCE, poll_seconds=4 * 3600, consecutive_failures=failures_before)
    assert seconds(next_look_after_failure(rare, NOW)) == wait


NIGHTLY = replace(SOURCE, cron="0 2 * * *")


def test_a_source_with_a_schedule_keeps_to_it() -> None:
    assert seconds(next_look(NIGHTLY, QUIET, NOW)) == 2 * 3600


def test_a_nightly_source_looks_again_for_a_file_that_was_not_read() -> None:
    assert seconds(next_look(NIGHTLY, Look((), 0, NOW + timedelta(minutes=15)), NOW)) == 900


def test_a_nightly_source_takes_its_second_look_the_same_night() -> None:
    assert seconds(next_look(NIGHTLY, WAITING, NOW)) == 3


@pytest.mark.parametrize(("failures_before", "wait"), [(0, 60), (3, 480), (9, 3600)])
def test_a_nightly_source_that_fails_is_tried_again_the_same_night(failures_before: int, wait: int) -> None:
    assert seconds(next_look_after_failure(replace(NIGHTLY, consecutive_failures=failures_before), NOW)) == wait
