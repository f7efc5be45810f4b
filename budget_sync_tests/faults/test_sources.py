"""What partners' servers do to us: afterwards the whole file is in, once, and nobody had to come.

Each fault is met in the middle of a sync; what was not loaded says why, and the next ticks repair it.
"""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing.customers import Customer
from budget_sync.sources import claims, sheets_client
from budget_sync_tests import bucket as buckets
from budget_sync_tests import google as sheets
from budget_sync_tests.faults.syncing import Syncing
from budget_sync_tests.google import Google, number, running_google, tab, text
from budget_sync_tests.openssh import NEEDS_SSHD, running_openssh
from budget_sync_tests.partner import SftpPartner, running

HEAD = "Department,Fiscal Year,Budget Amount\n"
ROWS = [f"Department {number},FY2026,{number}000\n" for number in range(1, 9)]
BUDGET = HEAD + "".join(ROWS)
AMOUNTS = {f"Department {number}": number * 1000 for number in range(1, 9)}
HOUR = 3600


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks may follow at once, and Google is asked again at once."""
    monkeypatch.setattr(claims, "_BETWEEN_LOOKS", timedelta(0))
    monkeypatch.setattr(sheets_client, "_FIRST_WAIT", 0.01)


@pytest.fixture
def syncing(database: Database, customer: Customer) -> Iterator[Syncing]:
    made = Syncing(database, customer)
    yield made
    made.close()


@pytest.fixture
def partner(tmp_path: Path, syncing: Syncing) -> Iterator[SftpPartner]:
    folder = tmp_path / "partner"
    folder.mkdir()
    with running(SftpPartner(folder)) as server:
        syncing.add(server.configuration(), server.secrets)
        yield server


@pytest.fixture
def bucket(syncing: Syncing) -> Iterator[buckets.S3Partner]:
    with buckets.running_bucket() as store:
        syncing.add(store.configuration(), buckets.SECRETS)
        yield store


def cells(rows: int = len(ROWS)) -> list[list[dict[str, object]]]:
    """The budget as a tab holds it."""
    lines = [[text(f"Department {each}"), text("FY2026"), number(each * 1000)] for each in range(1, rows + 1)]
    return [[text("Department"), text("Fiscal Year"), text("Budget Amount")], *lines]


@pytest.fixture
def google() -> Iterator[Google]:
    with running_google(Google([tab("Budget", cells(), 7)], title="Plan")) as server:
        yield server


def loaded_once(syncing: Syncing) -> None:
    """The whole file is in, and by one import."""
    assert syncing.amounts() == AMOUNTS
    assert [record.status for record in syncing.history()] == [ImportState.COMPLETED]
    assert syncing.source().last_error is None


# paramiko asks for the next pieces in a thread of its own, which dies aloud with its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_partner_who_drops_the_connection_in_the_middle_of_a_file(syncing: Syncing, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    partner.drops_after = 0
    assert [len(tick.unread) for tick in syncing.ticks(2)] == [0, 1]
    assert syncing.amounts() == {}
    partner.drops_after = None
    syncing.tick()
    loaded_once(syncing)


def test_a_partner_who_sends_half_a_file_then_the_rest(syncing: Syncing, partner: SftpPartner) -> None:
    partner.drop("budget.csv", HEAD + "".join(ROWS[:4]))
    syncing.tick()
    partner.drop("budget.csv", BUDGET)
    syncing.ticks(2)
    loaded_once(syncing)


def test_a_half_file_that_stood_still_too_long_is_made_whole_by_the_rest(
    syncing: Syncing, partner: SftpPartner
) -> None:
    partner.drop("budget.csv", HEAD + "".join(ROWS[:4]))
    syncing.ticks(2)
    partner.drop("budget.csv", BUDGET)
    syncing.ticks(2)
    assert syncing.amounts() == AMOUNTS
    assert [record.stats.created for record in syncing.history()] == [4, 4]


def test_a_partner_who_hangs_at_the_login(syncing: Syncing, tmp_path: Path) -> None:
    with running(SftpPartner(tmp_path, hangs_at_login=True)) as partner:
        syncing.add(partner.configuration(timeout_seconds=0.5), partner.secrets)
        partner.drop("budget.csv", BUDGET)
        (failure,) = syncing.tick().failed
        assert "does not let the user" in failure
        assert syncing.source().consecutive_failures == 1
        partner.hangs_at_login = False
        syncing.ticks(3)
        loaded_once(syncing)


def test_a_partner_who_renames_while_we_read(syncing: Syncing, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    syncing.tick()
    partner.on_open = lambda path: path.rename(path.with_name("renamed.csv")) if path.name == "budget.csv" else None
    assert len(syncing.tick().unread) == 1
    syncing.ticks(2)
    assert [record.file_name for record in syncing.history()] == ["renamed.csv"]
    loaded_once(syncing)


def test_a_partner_who_renames_to_and_fro(syncing: Syncing, partner: SftpPartner) -> None:
    path = partner.drop("budget.csv", BUDGET)
    syncing.tick()
    partner.on_open = lambda opened: opened.rename(opened.with_name("elsewhere.part"))
    assert len(syncing.tick().unread) == 1
    partner.on_open = None
    (partner.folder / "elsewhere.part").rename(path)
    syncing.tick()
    loaded_once(syncing)


@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
def test_a_partner_whose_clock_is_an_hour_off(syncing: Syncing, partner: SftpPartner, ahead: int) -> None:
    path = partner.drop("budget.csv", HEAD + "".join(ROWS[:4]))
    os.utime(path, (time.time() + ahead, time.time() + ahead))
    syncing.tick()
    partner.drop("budget.csv", BUDGET)
    os.utime(path, (time.time() + ahead, time.time() + ahead))
    assert [tick.claimed for tick in syncing.ticks(3)] == [0, 1, 0]
    loaded_once(syncing)


def test_a_server_that_names_files_like_paths_of_ours(syncing: Syncing, partner: SftpPartner) -> None:
    partner.invented_names = (b"../../escape.csv", b"/etc/passwd", b"nul\x00.csv", b"..", b"a\\..\\..\\b.csv")
    partner.drop("budget\u202evsc.csv", BUDGET)
    syncing.ticks(2)
    assert {record.file_name for record in syncing.history()} == {"budget_vsc.csv"}
    assert syncing.amounts() == AMOUNTS
    assert all(".." not in key and "\u202e" not in key for key in syncing.claimed_keys())


@NEEDS_SSHD
def test_a_folder_of_ten_thousand_files(syncing: Syncing, tmp_path: Path) -> None:
    with running_openssh(tmp_path) as server:
        for count in range(10_000):
            (server.folder / f"budget_{count:05}.csv").write_text(BUDGET)
        syncing.add(server.configuration(), server.secrets)
        assert [syncing.look().claimed for _ in range(3)] == [0, 10_000, 0]
        keys = syncing.claimed_keys()
        assert len(set(keys)) == 10_000
        assert syncing.read(*keys[:2]) == []
    assert syncing.amounts() == AMOUNTS


@pytest.mark.parametrize("answer", [(500, "InternalError"), (503, "SlowDown")])
def test_a_store_that_is_busy(syncing: Syncing, bucket: buckets.S3Partner, answer: tuple[int, str]) -> None:
    bucket.put("budget.csv", BUDGET)
    bucket.answers = [answer] * 5
    (failure,) = syncing.tick().failed
    assert "failed" in failure
    syncing.tick()
    loaded_once(syncing)


def test_an_object_that_changes_between_list_and_get(syncing: Syncing, bucket: buckets.S3Partner) -> None:
    bucket.put("budget.csv", HEAD + "".join(ROWS[:4]))
    assert syncing.look().claimed == 1
    bucket.put("budget.csv", BUDGET)
    (reason,) = syncing.read(*syncing.claimed_keys())
    assert "was replaced" in reason
    syncing.tick()
    loaded_once(syncing)


def test_a_store_that_breaks_off_in_the_middle_of_an_object(syncing: Syncing, bucket: buckets.S3Partner) -> None:
    bucket.put("budget.csv", BUDGET)
    bucket.breaks_after = 50
    assert len(syncing.tick().unread) == 1
    bucket.breaks_after = None
    syncing.tick()
    loaded_once(syncing)


def test_google_s_quota_is_used_up(syncing: Syncing, google: Google) -> None:
    syncing.add(google.configuration(list_seconds=3.0), sheets.SECRETS)
    google.answers = [sheets.QUOTA_OF_SHEETS] * 1000
    (failure,) = syncing.tick().failed
    assert "Google asks to wait" in failure
    google.answers = [sheets.QUOTA_OF_DRIVE]
    syncing.ticks(2)
    loaded_once(syncing)


def test_a_spreadsheet_that_is_shared_only_later(syncing: Syncing, google: Google) -> None:
    syncing.add(google.configuration(), sheets.SECRETS)
    google.answers = [sheets.NOT_SHARED]
    (failure,) = syncing.tick().failed
    assert sheets.ACCOUNT in failure
    syncing.ticks(2)
    loaded_once(syncing)


def test_a_token_that_expires_on_the_way(syncing: Syncing, google: Google) -> None:
    syncing.add(google.configuration(), sheets.SECRETS)
    syncing.tick()
    google.answers = [(401, {"code": 401, "message": "Invalid Credentials", "status": "UNAUTHENTICATED"})]
    syncing.tick()
    loaded_once(syncing)


def test_a_tab_that_is_renamed_is_found_by_its_number(syncing: Syncing, google: Google) -> None:
    syncing.add(google.configuration(tab_id=7), sheets.SECRETS)
    google.edit([tab("Budget (old name)", cells(), 7)])
    syncing.ticks(2)
    loaded_once(syncing)


def test_a_tab_that_is_renamed_and_named_back(syncing: Syncing, google: Google) -> None:
    syncing.add(google.configuration(tab="Budget"), sheets.SECRETS)
    google.edit([tab("Budget (draft)", cells(), 7)])
    (reason,) = [reason for tick in syncing.ticks(2) for reason in tick.unread]
    assert "has no tab Budget" in reason
    google.edit([tab("Budget", cells(), 7)])
    syncing.ticks(2)
    loaded_once(syncing)


def test_a_spreadsheet_that_only_looks_changed_is_not_loaded_again(syncing: Syncing, google: Google) -> None:
    syncing.add(google.configuration(), sheets.SECRETS)
    syncing.ticks(2)
    google.edit(google.tabs)
    syncing.ticks(2)
    assert [record.status for record in syncing.history()] == [ImportState.COMPLETED, ImportState.UNCHANGED]
    assert syncing.amounts() == AMOUNTS
