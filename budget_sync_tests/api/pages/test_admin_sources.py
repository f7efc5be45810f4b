"""Sources and webhooks as pages: added, tried, paused and deleted by forms; nothing secret is shown again."""

import html
import re

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.pages.browsing import browser, form_of, sign_in

SFTP = {
    "connection.type": "sftp",
    "connection.host": "127.0.0.1",
    "connection.port": "1",
    "connection.username": "acme",
    "connection.patterns": "*.csv, *.xlsx",
    "connection.hostKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJUpE1hKiJWZVlVbPBJxqf4XhsRzTmkvKBz5WkrGUM2L",
    "secrets.password": "tell-nobody-4711",
    "name": "head office",
    "schedule.cron": "0 2 * * *",
    "schedule.timeZone": "Europe/Berlin",
    "options.currency": "EUR",
}


@pytest.fixture
def administrator(service: str, database: Database, customer: Customer) -> httpx.Client:
    """A signed-in browser whose key administers."""
    client = browser(service)
    sign_in(client, create_key(database, customer.id, scopes=("admin",)))
    return client


def shown(page: httpx.Response, status: int = 200) -> str:
    """The text of a page as one reads it."""
    assert page.status_code == status, page.text
    return html.unescape(page.text)


def added(client: httpx.Client, **changed: str) -> httpx.Response:
    """What the form for an SFTP server answers."""
    token = form_of(client.get("/admin/sources"), "/admin/sources")["csrf"]
    return client.post("/admin/sources", data={"csrf": token, **SFTP, **changed})


def press(client: httpx.Client, page: httpx.Response, wanted: str) -> httpx.Response:
    """What a button of the first source answers."""
    path = re.search(r"/admin/sources/[0-9a-f-]{36}", page.text)[0]  # type: ignore[index]
    return client.post(f"{path}/{wanted}", data=form_of(page, f"{path}/test"))


def test_an_added_source_is_listed_without_its_secret(administrator: httpx.Client) -> None:
    assert added(administrator).status_code == 303
    page = shown(administrator.get("/admin/sources"))
    assert "sftp://acme@127.0.0.1:1" in page
    assert "0 2 * * * (Europe/Berlin)" in page
    assert "tell-nobody-4711" not in page


def test_trying_it_names_the_step_that_fails(administrator: httpx.Client) -> None:
    added(administrator)
    page = shown(press(administrator, administrator.get("/admin/sources"), "test"))
    assert "It ends at the step: Connect" in page
    assert "tell-nobody-4711" not in page


def test_a_source_is_paused_resumed_and_deleted(administrator: httpx.Client) -> None:
    added(administrator)
    assert press(administrator, administrator.get("/admin/sources"), "pause").status_code == 303
    paused = administrator.get("/admin/sources")
    assert ">paused</span>" in paused.text
    assert press(administrator, paused, "resume").status_code == 303
    assert press(administrator, administrator.get("/admin/sources"), "sync").status_code == 303
    assert press(administrator, paused, "delete").status_code == 412
    assert press(administrator, administrator.get("/admin/sources"), "delete").status_code == 303
    assert "No source is connected yet" in shown(administrator.get("/admin/sources"))


def test_a_button_that_is_none_changes_nothing(administrator: httpx.Client) -> None:
    added(administrator)
    assert press(administrator, administrator.get("/admin/sources"), "archive").status_code == 400
    assert ">paused</span>" not in administrator.get("/admin/sources").text


def test_a_form_that_cannot_be_is_refused_with_the_reason(administrator: httpx.Client) -> None:
    page = shown(added(administrator, **{"connection.port": "many"}), 400)
    assert "This was refused" in page
    assert "tell-nobody-4711" not in page
    assert all(f'value="{written}"' in page for written in ("many", "head office", "0 2 * * *", "Europe/Berlin"))
    assert '<details id="new-sftp" open>' in page


def test_a_webhook_shows_its_secret_once(administrator: httpx.Client) -> None:
    form = form_of(administrator.get("/admin/webhooks"), "/admin/webhooks")
    asked = {"csrf": form["csrf"], "url": "https://hooks.example.com/in", "description": "ERP"}
    page = shown(administrator.post("/admin/webhooks", data=asked))
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", page)[0]  # type: ignore[index]
    listed = administrator.get("/admin/webhooks")
    assert secret not in shown(listed)
    path = re.search(r"/admin/webhooks/[0-9a-f-]{36}", listed.text)[0]  # type: ignore[index]
    form = form_of(listed, f"{path}/secret")
    assert "whsec_" in shown(administrator.post(f"{path}/secret", data=form))
    now = form_of(administrator.get("/admin/webhooks"), f"{path}/secret")
    assert administrator.post(f"{path}/pause", data=now).status_code == 303
    now = form_of(administrator.get("/admin/webhooks"), f"{path}/secret")
    assert administrator.post(f"{path}/delete", data=now).status_code == 303
    assert "Nobody is told yet" in shown(administrator.get("/admin/webhooks"))


def test_a_button_of_a_webhook_that_is_none_changes_nothing(administrator: httpx.Client) -> None:
    form = form_of(administrator.get("/admin/webhooks"), "/admin/webhooks")
    administrator.post("/admin/webhooks", data={"csrf": form["csrf"], "url": "https://hooks.example.com/in"})
    listed = administrator.get("/admin/webhooks")
    path = re.search(r"/admin/webhooks/[0-9a-f-]{36}", listed.text)[0]  # type: ignore[index]
    assert administrator.post(f"{path}/archive", data=form_of(listed, f"{path}/secret")).status_code == 400
    assert ">active</span>" in administrator.get("/admin/webhooks").text


def test_an_address_that_cannot_be_is_refused_with_the_reason(administrator: httpx.Client) -> None:
    form = form_of(administrator.get("/admin/webhooks"), "/admin/webhooks")
    refused = administrator.post("/admin/webhooks", data={"csrf": form["csrf"], "url": "ftp://somewhere.example"})
    page = shown(refused, 400)
    assert "This was refused" in page
    assert 'value="ftp://somewhere.example"' in page


@pytest.mark.parametrize("version", ["", "-1", "9" * 5000, "\u0661"])
def test_a_form_made_from_no_version_of_ours_does_nothing(administrator: httpx.Client, version: str) -> None:
    added(administrator)
    page = administrator.get("/admin/sources")
    path = re.search(r"/admin/sources/[0-9a-f-]{36}", page.text)[0]  # type: ignore[index]
    form = form_of(page, f"{path}/test") | {"version": version}
    assert administrator.post(f"{path}/delete", data=form).status_code == 400
    assert path in administrator.get("/admin/sources").text
