"""Partners that hang or fail delay nobody, and say on their own row what is wrong."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync.orchestration.lookout import Lookout, SourceLook
from budget_sync.sources.administration import add_source
from budget_sync.sources.configuration import SourceConfiguration, list_sources
from budget_sync.sources.sftp_configuration import Arrival, SftpConfiguration, SftpSecrets
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.partner import SftpPartner, running
from budget_sync_tests.waiting import wait_until

SECRETS = SftpSecrets(password="partner-password")


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[SftpPartner]:
    """Another partner, who never answers a login."""
    folder = tmp_path / "hanging"
    folder.mkdir()
    with running(SftpPartner(folder, hangs_at_login=True)) as server:
        yield server


@pytest.fixture
def lookout(dagster: Dagster) -> Iterator[Lookout]:
    lookout = Lookout(dagster.program.database, workers=4)
    yield lookout
    lookout.close()


def add(dagster: Dagster, name: str, connection: SftpConfiguration) -> None:
    add_source(dagster.program.database, dagster.customer.id, connection, SECRETS, name=name)


def named(dagster: Dagster, name: str) -> SourceConfiguration:
    return next(found for found in list_sources(dagster.program.database, dagster.customer.id) if found.name == name)


def files_of(looks: list[SourceLook]) -> list[str]:
    return [claim.file.name for look in looks for claim in look.claimed]


def test_a_partner_who_hangs_does_not_delay_the_others(
    dagster: Dagster, lookout: Lookout, partner: SftpPartner, hanging: SftpPartner
) -> None:
    add(dagster, "hanging", hanging.configuration(timeout_seconds=3.0))
    add(dagster, "healthy", partner.configuration(arrival=Arrival.RENAMED))
    partner.drop("budget.csv", BUDGET)
    started = time.monotonic()
    looks = lookout.collect("sftp", patience_seconds=1.5)
    assert time.monotonic() - started < 2.5
    assert files_of(looks) == ["budget.csv"]
    wait_until(lambda: named(dagster, "hanging").consecutive_failures == 1, "the hanging partner is given up")
    assert [look.error is not None for look in lookout.collect("sftp", patience_seconds=0)] == [True]


def test_a_late_answer_is_collected_by_a_later_tick(dagster: Dagster, lookout: Lookout, partner: SftpPartner) -> None:
    add(dagster, "slow", partner.configuration(arrival=Arrival.RENAMED))
    partner.drop("budget.csv", BUDGET)
    looks: list[SourceLook] = []

    def ended() -> bool:
        looks.extend(lookout.collect("sftp", patience_seconds=0.01))
        return bool(looks)

    wait_until(ended, "the look ends")
    assert files_of(looks) == ["budget.csv"]


def test_a_failing_partner_is_written_on_the_source_and_looked_at_less_often(dagster: Dagster) -> None:
    add(dagster, "closed", SftpConfiguration(host="127.0.0.1", port=9, username="acme"))
    for _ in range(3):
        dagster.look()
    failing = named(dagster, "closed")
    assert failing.consecutive_failures == 3
    assert "does not take connections" in str(failing.last_error)
    with dagster.program.database.tenant(dagster.customer.id) as session:
        row = session.execute("SELECT next_due_at - now() > interval '3 min' FROM budget_data_source_config").fetchone()
    assert row == (True,)


def test_a_source_that_recovers_is_healthy_at_once(dagster: Dagster, partner: SftpPartner) -> None:
    add(dagster, "moody", partner.configuration())
    partner.refuses_logins = True
    dagster.look()
    assert named(dagster, "moody").last_error
    partner.refuses_logins = False
    dagster.look()
    assert (named(dagster, "moody").last_error, named(dagster, "moody").consecutive_failures) == (None, 0)


def test_a_source_whose_secrets_do_not_open_says_so_and_stops_no_other(
    dagster: Dagster, lookout: Lookout, partner: SftpPartner
) -> None:
    add(dagster, "odd", partner.configuration())
    add(dagster, "healthy", partner.configuration(arrival=Arrival.RENAMED))
    partner.drop("budget.csv", BUDGET)
    with dagster.program.database.tenant(dagster.customer.id) as session:
        session.execute("UPDATE budget_data_source_config SET secrets = 'bsv1.not.an.envelope' WHERE name = 'odd'")
    assert files_of(lookout.collect("sftp", patience_seconds=5)) == ["budget.csv"]
    assert "master key" in str(named(dagster, "odd").last_error)
