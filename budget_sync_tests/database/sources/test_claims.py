"""Looks and claims: each state of each file is taken once, and what failed is taken again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import NotFoundError
from budget_sync.importing.customers import Customer
from budget_sync.sources import claims
from budget_sync.sources.administration import add_source
from budget_sync.sources.claims import Look, claim_files, find_claim, record_unread
from budget_sync.sources.configuration import SourceConfiguration, find_source
from budget_sync.sources.looks import (
    SourceReference,
    begin_look,
    due_sources,
    record_failure,
    record_success,
)
from budget_sync.sources.protocol import RemoteFile
from budget_sync.sources.sftp_configuration import Arrival, SftpConfiguration, SftpSecrets

CONNECTION = SftpConfiguration(host="sftp.partner.example", username="acme")
RENAMED = SftpConfiguration(host="sftp.partner.example", username="acme", arrival=Arrival.RENAMED)


@pytest.fixture(autouse=True)
def any_time_between_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks may follow at once: the tests need not wait."""
    monkeypatch.setattr(claims, "_BETWEEN_LOOKS", timedelta(0))


def source_of(
    database: Database, customer: Customer, connection: SftpConfiguration = CONNECTION
) -> SourceConfiguration:
    return find_source(database, customer.id, add_source(database, customer.id, connection, SftpSecrets(password="x")))


def listing(*names: str, version: str = "1") -> dict[str, RemoteFile]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return {f"acme/s/{name}~{version}": RemoteFile(name, f"/{name}", 1, at, f"{name} {version}") for name in names}


def keys(look: Look) -> list[str]:
    return [file.key for file in look.claimed]


def make_retry_due(database: Database, customer: Customer) -> None:
    with database.tenant(customer.id) as session:
        session.execute("UPDATE source_file SET retry_at = now() - interval '1 s'")


def test_a_file_is_claimed_at_the_second_look_and_never_again(database: Database, customer: Customer) -> None:
    source = source_of(database, customer)
    looks = [claim_files(database, source, listing("a.csv")) for _ in range(3)]
    assert [keys(look) for look in looks] == [[], ["acme/s/a.csv~1"], []]
    assert [look.waiting for look in looks] == [1, 0, 0]


def test_a_file_that_grows_is_claimed_when_it_stands_still(database: Database, customer: Customer) -> None:
    source = source_of(database, customer)
    shown = [listing("a.csv", version=version) for version in ("1", "2", "2")]
    looks = [claim_files(database, source, files) for files in shown]
    assert [keys(look) for look in looks] == [[], [], ["acme/s/a.csv~2"]]


def test_a_file_that_arrives_by_rename_is_claimed_at_first_sight(database: Database, customer: Customer) -> None:
    source = source_of(database, customer, RENAMED)
    assert keys(claim_files(database, source, listing("a.csv"))) == ["acme/s/a.csv~1"]
    assert keys(claim_files(database, source, listing("a.csv"))) == []


def test_eight_lookers_at_once_claim_each_file_once(database: Database, customer: Customer) -> None:
    source = source_of(database, customer)
    files = listing(*(f"{number}.csv" for number in range(50)))
    claim_files(database, source, files)
    with ThreadPoolExecutor(8) as pool:
        looks = list(pool.map(lambda _: claim_files(database, source, files), range(8)))
    assert sorted(key for look in looks for key in keys(look)) == sorted(files)


def test_a_file_that_could_not_be_read_is_claimed_again_when_its_time_has_come(
    database: Database, customer: Customer
) -> None:
    source = source_of(database, customer, RENAMED)
    (claim,) = claim_files(database, source, listing("a.csv")).claimed
    record_unread(database, claim, "the connection broke", retry_in=timedelta(hours=1))
    assert keys(claim_files(database, source, listing("a.csv"))) == []
    make_retry_due(database, customer)
    (again,) = claim_files(database, source, listing("a.csv")).claimed
    assert (again.key, again.attempts) == (claim.key, 2)


def test_a_file_that_cannot_be_read_at_all_is_left_alone(database: Database, customer: Customer) -> None:
    source = source_of(database, customer, RENAMED)
    (claim,) = claim_files(database, source, listing("a.csv")).claimed
    record_unread(database, claim, "too large", retry_in=None)
    assert keys(claim_files(database, source, listing("a.csv"))) == []


def test_attempts_end(database: Database, customer: Customer) -> None:
    source = source_of(database, customer, RENAMED)
    attempts = 0
    for _ in range(10):
        attempts += len(claim_files(database, source, listing("a.csv")).claimed)
        make_retry_due(database, customer)
    assert attempts == claims.MOST_ATTEMPTS


def test_a_claim_is_found_by_its_key_and_by_its_customer_alone(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    source = source_of(database, customer, RENAMED)
    (claim,) = claim_files(database, source, listing("a.csv")).claimed
    assert find_claim(database, customer.id, claim.key) == claim
    with pytest.raises(NotFoundError):
        find_claim(database, other_customer.id, claim.key)


def test_a_look_is_taken_by_one_looker(database: Database, customer: Customer) -> None:
    source = source_of(database, customer)
    (due,) = due_sources(database, "sftp")
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: begin_look(database, due, hold_seconds=60), range(8)))
    assert due == SourceReference(customer.id, source.id)
    assert taken.count(True) == 1
    assert due_sources(database, "sftp") == []


def test_failures_count_until_the_first_success(database: Database, customer: Customer) -> None:
    source = source_of(database, customer)
    reference, now = SourceReference(customer.id, source.id), datetime.now(UTC)
    for _ in range(2):
        record_failure(database, reference, "nobody answers", now)
    failing = find_source(database, customer.id, source.id)
    record_success(database, reference, now)
    healthy = find_source(database, customer.id, source.id)
    assert (failing.consecutive_failures, failing.last_error, failing.last_sync_at) == (2, "nobody answers", None)
    assert (healthy.consecutive_failures, healthy.last_error) == (0, None)
    assert healthy.last_sync_at is not None


def test_a_look_says_when_an_unread_file_may_be_taken_again(database: Database, customer: Customer) -> None:
    source = source_of(database, customer, RENAMED)
    look = claim_files(database, source, listing("a.csv"))
    assert look.retry_at is not None
    assert timedelta(minutes=14) < look.retry_at - datetime.now(UTC) <= claims.CLAIM_LASTS
    make_retry_due(database, customer)
    assert claim_files(database, source, {}).retry_at is None
