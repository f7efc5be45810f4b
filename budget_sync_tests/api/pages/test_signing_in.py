"""Who signs in shows a key once; the browser keeps a session instead, and loses it with the key."""

import time

import httpx
import pytest

from api.pages.sessions import LIFETIME_SECONDS, Session, SessionSeal, session_cookie
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key, list_keys, revoke_key
from budget_sync_tests.api.pages.browsing import browser, form_of, sign_in
from budget_sync_tests.waiting import wait_until

SEAL = SessionSeal(b"secret")
NOW = 1_800_000_000.0


def test_a_good_key_opens_the_page_that_was_asked_for(service: str, database: Database, customer: Customer) -> None:
    with browser(service) as client:
        asked = client.get("/fpa/import")
        assert (asked.status_code, asked.headers["content-type"]) == (401, "text/html; charset=utf-8")
        key = create_key(database, customer.id, label="Jane")
        answer = client.post("/sign-in", data=form_of(asked, "/sign-in") | {"key": key})
        assert (answer.status_code, answer.headers["location"]) == (303, "/fpa/import")
        assert key not in "".join(client.cookies.values())
        page = client.get("/fpa/import").text
        assert "Acme" in page
        assert "Jane" in page


def test_a_wrong_key_is_refused_in_the_form(service: str) -> None:
    with browser(service) as client:
        answer = sign_in(client, "bsk_000000000000_" + "0" * 48)
        assert answer.status_code == 401
        assert "not known, or not valid any more" in answer.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    service: str, database: Database, customer: Customer
) -> None:
    with browser(service) as client:
        cookie = sign_in(client, create_key(database, customer.id)).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    over_https = session_cookie("sealed", secure=True)
    assert (over_https.key, over_https.secure, over_https.domain) == ("__Host-budget_sync", True, None)


def test_a_revoked_key_ends_its_session_within_five_seconds(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    assert signed_in.get("/fpa/import").status_code == 200
    (key,) = list_keys(database, customer.id)
    revoke_key(database, customer.id, key.key_id)
    revoked = time.monotonic()
    wait_until(lambda: signed_in.get("/fpa/import").status_code == 401, "the session ends", seconds=5)
    assert time.monotonic() - revoked < 5


def test_signing_out_ends_the_session(signed_in: httpx.Client) -> None:
    signed_in.post("/sign-out", data=form_of(signed_in.get("/fpa/import"), "/sign-out"))
    assert signed_in.get("/fpa/import").status_code == 401


def test_a_session_is_opened_as_it_was_sealed() -> None:
    session = SEAL.start("0123456789ab", NOW)
    assert SEAL.open(SEAL.seal(session), NOW) == session


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "x",
        SEAL.seal(Session("0123456789ab", int(NOW), "0" * 32)).replace("0123456789ab", "0123456789ac"),
        SessionSeal(b"another").seal(Session("0123456789ab", int(NOW), "0" * 32)),
        SEAL.seal(Session("0123456789ab", int(NOW) - LIFETIME_SECONDS, "0" * 32)),
        SEAL.seal(Session("0123456789ab", int(NOW) + 60, "0" * 32)),
    ],
    ids=["none", "empty", "noise", "changed", "another secret", "too old", "from tomorrow"],
)
def test_any_other_cookie_opens_nothing(cookie: str | None) -> None:
    assert SEAL.open(cookie, NOW) is None


def test_a_session_is_no_key_for_the_api_and_a_key_is_no_session(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    assert signed_in.get("/api/imports/history").status_code == 401
    key = create_key(database, customer.id)
    with httpx.Client(base_url=signed_in.base_url, headers={"Authorization": f"Bearer {key}"}) as program:
        assert program.get("/fpa/import").status_code == 401


def test_a_key_without_the_scope_is_told_so(service: str, database: Database, customer: Customer) -> None:
    with browser(service) as client:
        sign_in(client, create_key(database, customer.id, scopes=["check"]))
        answer = client.get("/fpa/import")
        assert answer.status_code == 403
        assert "This is not open to you" in answer.text


@pytest.mark.parametrize("path", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "x"])
def test_signing_in_leads_nowhere_else(service: str, database: Database, customer: Customer, path: str) -> None:
    with browser(service) as client:
        members = form_of(client.get("/sign-in"), "/sign-in")
        answer = client.post("/sign-in", data=members | {"key": create_key(database, customer.id), "next": path})
        assert answer.headers["location"] == "/fpa/import"
