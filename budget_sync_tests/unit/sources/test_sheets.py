"""The Google Sheets source against a server that speaks the two APIs and the token endpoint."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from budget_sync.domain.addresses import NOTHING_BESIDE
from budget_sync.domain.errors import ConfigurationError, SourceError
from budget_sync.reading.reader import read_document
from budget_sync.sources import sheets_client
from budget_sync.sources.sheets import SheetsSource
from budget_sync.sources.sheets_configuration import SheetsSecrets, read_service_account, spreadsheet_of
from budget_sync_tests.google import (
    NOT_ENABLED,
    NOT_SHARED,
    QUOTA_OF_DRIVE,
    QUOTA_OF_SHEETS,
    SECRETS,
    SPREADSHEET,
    UNAVAILABLE,
    Google,
    failed,
    key_file,
    number,
    running_google,
    tab,
    text,
)
from budget_sync_tests.partner import LOCAL

BUDGET = [
    [text("Department"), text("Month"), text("Budget")],
    [
        text("Marketing"),
        number(46082, "DATE", "mmm yyyy", "Mar 2026"),
        number(1234.5, "CURRENCY", "[$€]#,##0.00", "€1,234.50"),
    ],
    [text("=Sales"), number(46113, "DATE", "", "2026-04-01"), number(0.1 + 0.2, "CURRENCY", "", "$0.30")],
]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first wait is short: the tests need not wait a second."""
    monkeypatch.setattr(sheets_client, "_FIRST_WAIT", 0.05)


@pytest.fixture
def google() -> Iterator[Google]:
    with running_google(Google([tab("Budget", BUDGET), tab("Notes", [[text("hello")]], 7)])) as server:
        yield server


def opened(google: Google, secrets: SheetsSecrets = SECRETS, **changes: object) -> SheetsSource:
    return SheetsSource(google.configuration(**changes), read_service_account(secrets), LOCAL)


def fetched(google: Google, **changes: object) -> bytes:
    with opened(google, **changes) as source:
        (file,) = source.list()
        return source.fetch(file)


def cells(content: bytes) -> dict[str, list[list[str]]]:
    """The sheets as the engine reads them."""
    document = read_document(content, "budget.xlsx")
    return {str(grid.sheet): grid.rows for grid in document.grids}


def test_amounts_and_dates_come_exact(google: Google) -> None:
    assert cells(fetched(google))["Budget"] == [
        ["Department", "Month", "Budget"],
        ["Marketing", "2026-03-01", "1234.5"],
        ["=Sales", "2026-04-01", "0.3"],
    ]


def test_it_is_one_file_with_the_time_that_drive_tells(google: Google) -> None:
    with opened(google) as source:
        (file,) = source.list()
    assert (file.name, file.modified_at) == ("Budget 2026.xlsx", datetime(2026, 1, 2, 3, 4, 5, 678000, UTC))
    assert file.path == SPREADSHEET


def test_the_same_cells_are_the_same_bytes_whenever_they_are_read(google: Google) -> None:
    first = fetched(google)
    google.edit(google.tabs)
    with opened(google) as source:
        (file,) = source.list()
        assert file.version == "2026-01-02T03:05:05.678Z"
        assert source.fetch(file) == first


def test_all_tabs_but_the_hidden_ones_and_those_without_cells_are_read(google: Google) -> None:
    google.tabs += [tab("Secret", BUDGET, 8, hidden=True), tab("Chart", [], 9, sheetType="OBJECT")]
    assert list(cells(fetched(google))) == ["Budget", "Notes"]
    assert list(cells(fetched(google, tab="Secret"))) == ["Secret"]


def test_a_tab_is_chosen_by_its_title_or_by_its_number(google: Google) -> None:
    assert cells(fetched(google, tab="Notes")) == {"Notes": [["hello"]]}
    assert cells(fetched(google, tab_id=7)) == {"Notes": [["hello"]]}


def test_a_renamed_tab_is_found_by_its_number_and_missed_by_its_title(google: Google) -> None:
    google.tabs = [tab("It's 2026 now", BUDGET, 5)]
    assert list(cells(fetched(google, tab_id=5))) == ["It's 2026 now"]
    with pytest.raises(SourceError, match="it has It's 2026 now") as caught:
        fetched(google, tab="Budget")
    assert (caught.value.step, caught.value.details["reason"]) == ("fetch", "no_tab")


def test_merged_and_empty_cells_errors_and_truth_values_keep_their_places(google: Google) -> None:
    rows: list[list[dict[str, Any]]] = [[], [{}, text("a"), failed("REF")], [{"effectiveValue": {"boolValue": True}}]]
    google.tabs = [tab("Budget: a/b", rows)]
    google.tabs[0]["merges"] = [{"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}]
    google.tabs[0]["data"][0]["startRow"] = 1
    (rows_read,) = cells(fetched(google)).values()
    assert rows_read[2:] == [["", "a", "#REF!"], ["TRUE"]]


def test_two_tabs_whose_titles_a_workbook_takes_for_one_are_both_read(google: Google) -> None:
    google.tabs = [tab("x" * 40, BUDGET, 1), tab("x" * 41, [[text("b")]], 2)]
    assert [len(rows) for rows in cells(fetched(google)).values()] == [3, 1]


def test_a_formula_that_is_still_loading_is_read_later(google: Google) -> None:
    google.tabs = [tab("Budget", [[failed("LOADING")]])]
    with pytest.raises(SourceError, match="still loading") as caught:
        fetched(google)
    assert caught.value.step == "fetch"


def test_an_edit_while_it_is_read_is_noticed(google: Google) -> None:
    google.on_read = lambda: google.edit(google.tabs)
    with pytest.raises(SourceError, match="changed while it was read") as caught:
        fetched(google)
    assert caught.value.details["reason"] == "changed"
    google.on_read = None
    assert fetched(google)


@pytest.mark.parametrize("answer", [QUOTA_OF_SHEETS, QUOTA_OF_DRIVE, UNAVAILABLE])
def test_a_quota_that_is_used_up_is_waited_for(google: Google, answer: tuple[int, dict[str, Any]]) -> None:
    google.answers = [answer, answer]
    assert fetched(google)
    google.answers = []


def test_google_is_waited_for_as_long_as_it_says(google: Google) -> None:
    google.answers, google.retry_after = [QUOTA_OF_SHEETS], "1"
    started = time.monotonic()
    assert fetched(google)
    assert time.monotonic() - started > 1


def test_a_quota_that_stays_used_up_is_left_to_a_later_look(google: Google) -> None:
    google.answers = [QUOTA_OF_SHEETS] * 50
    with pytest.raises(SourceError, match="Google asks to wait") as caught:
        fetched(google, list_seconds=0.5)
    assert caught.value.step == "list"
    assert len(google.answers) > 40
    google.answers = []
    assert fetched(google)


def test_a_spreadsheet_that_is_not_shared_says_with_whom_to_share_it(google: Google) -> None:
    google.answers = [NOT_SHARED]
    failed_step = opened(google).test()[-1]
    assert (failed_step.step, failed_step.passed) == ("list", False)
    assert "budget-sync@acme.iam.gserviceaccount.com" in failed_step.message
    assert "Viewer" in failed_step.message


def test_a_spreadsheet_that_does_not_exist_says_the_same(google: Google) -> None:
    failed_step = opened(google, spreadsheet="no-such-spreadsheet").test()[-1]
    assert (failed_step.step, "shared" in failed_step.message) == ("list", True)


def test_an_api_that_is_switched_off_says_where_to_switch_it_on(google: Google) -> None:
    google.answers = [NOT_ENABLED]
    assert "Enable the Google Sheets API" in opened(google).test()[-1].message


def test_a_token_that_expired_is_fetched_anew(google: Google) -> None:
    with opened(google) as source:
        (file,) = source.list()
        google.tokens.clear()
        assert source.fetch(file)
    assert google.calls.count("POST /token") == 2


def test_a_clock_that_is_an_hour_off_is_said_to_be(google: Google) -> None:
    google.clock = timedelta(hours=2)
    failed_step = opened(google).test()[-1]
    assert (failed_step.step, failed_step.passed) == ("login", False)
    assert "set this machine's clock" in failed_step.message
    google.clock = timedelta()
    assert fetched(google)


def test_a_key_of_an_account_that_is_gone_fails_at_the_login(google: Google) -> None:
    secrets = SheetsSecrets(service_account_key=key_file("gone@acme.iam.gserviceaccount.com"))
    failed_step = opened(google, secrets).test()[-1]
    assert (failed_step.step, "account not found" in failed_step.message) == ("login", True)


def test_the_test_walks_every_step(google: Google) -> None:
    steps = opened(google).test()
    assert [step.step for step in steps] == ["resolve", "connect", "login", "list", "fetch"]
    assert all(step.passed for step in steps)


def test_an_address_that_is_not_allowed_is_not_connected_to(google: Google) -> None:
    source = SheetsSource(google.configuration(), read_service_account(SECRETS), NOTHING_BESIDE)
    assert source.test()[-1].step == "resolve"
    assert google.calls == []


def test_a_server_that_does_not_listen_names_the_step(google: Google) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert opened(google, endpoint=f"http://127.0.0.1:{port}").test()[-1].step == "connect"


def test_a_server_that_hangs_at_the_login_is_left_in_time(google: Google) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        failed_step = opened(google, endpoint=endpoint, timeout_seconds=0.3).test()[-1]
    assert (failed_step.step, failed_step.passed) == ("login", False)
    assert time.monotonic() - started < 15


def test_an_answer_larger_than_the_limit_is_not_read_to_its_end(google: Google) -> None:
    google.tabs = [tab("Budget", [[text("x" * 5000)]])]
    with pytest.raises(SourceError, match="larger than this source takes") as caught:
        fetched(google, max_bytes=2000)
    assert caught.value.details["reason"] == "too_large"


@pytest.mark.parametrize("key", [None, "", "{}", "secret-canary", '{"type":"authorized_user","client_email":"a@b"}'])
def test_what_is_no_key_of_a_service_account_is_refused_without_a_word_of_it(key: str | None) -> None:
    with pytest.raises(ConfigurationError, match="key file of a service account") as caught:
        read_service_account(SheetsSecrets(service_account_key=key))
    assert "canary" not in str(caught.value)


def test_a_key_that_cannot_be_read_fails_at_the_login_without_a_word_of_it(google: Google) -> None:
    damaged = key_file().replace("-----BEGIN PRIVATE KEY-----", "canary")
    failed_step = opened(google, SheetsSecrets(service_account_key=damaged)).test()[-1]
    assert (failed_step.step, "canary" in failed_step.message) == ("login", False)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"https://docs.google.com/spreadsheets/d/{SPREADSHEET}/edit#gid=7", (SPREADSHEET, 7)),
        (f"https://docs.google.com/spreadsheets/d/{SPREADSHEET}/edit?gid=12&pli=1", (SPREADSHEET, 12)),
        (f"https://docs.google.com/spreadsheets/d/{SPREADSHEET}", (SPREADSHEET, None)),
        (SPREADSHEET, (SPREADSHEET, None)),
    ],
)
def test_the_address_names_the_spreadsheet_and_the_tab(address: str, found: tuple[str, int | None]) -> None:
    assert spreadsheet_of(address) == found
