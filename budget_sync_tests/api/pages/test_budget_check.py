"""The page that tries the check and the life of a reservation: what it shows is what a program would send and get."""

import html
import re

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.pages.browsing import browser, form_of, sign_in
from budget_sync_tests.budget_lines import add_line

QUESTION = {
    "department": "Eng",
    "subCategory": "Software",
    "fiscalPeriod": "FY2025",
    "amount": "120.50",
    "currency": "",
}


@pytest.fixture
def shopper(service: str, database: Database, customer: Customer) -> httpx.Client:
    """A signed-in browser whose key may reserve, of a customer with one line of 500."""
    add_line(database, customer.id, "Eng/Software", "500")
    client = browser(service)
    sign_in(client, create_key(database, customer.id, scopes=("check", "reserve", "read")))
    return client


def shown(page: httpx.Response) -> str:
    """The text of a page as one reads it."""
    assert page.status_code == 200, page.text
    return html.unescape(page.text)


def reserved(client: httpx.Client) -> httpx.Response:
    """The page after the form was sent that holds the amount."""
    form = form_of(client.get("/budget-check", params=QUESTION), "/budget-check/reserve")
    return client.post("/budget-check/reserve", data=form)


def test_a_question_in_the_url_is_answered_in_words_and_as_json(shopper: httpx.Client) -> None:
    page = shown(shopper.get("/budget-check", params=QUESTION))
    assert "120.50 EUR fits" in page
    assert '"amount": 120.50' in page
    assert '"reasonCode": "auto_approved"' in page
    assert '-d \'{"department":"Eng"' in page


def test_the_line_for_the_shell_is_quoted(shopper: httpx.Client) -> None:
    page = shown(shopper.get("/budget-check", params=QUESTION | {"department": "Eng'; rm -rf $HOME; '"}))
    assert "Eng'\"'\"'; rm -rf $HOME; '\"'\"'" in page


def test_what_is_no_amount_is_refused_as_a_program_would_be(shopper: httpx.Client) -> None:
    page = shown(shopper.get("/budget-check", params=QUESTION | {"amount": "1_000"}))
    assert '"amount": "1_000"' in page
    assert "Answer 400" in page


def test_examples_are_made_from_the_customers_own_lines(shopper: httpx.Client) -> None:
    page = shown(shopper.get("/budget-check"))
    assert "department=Eng&subCategory=Software&fiscalPeriod=FY2025&currency=EUR&amount=500.01" in page


def test_what_is_held_in_another_currency_says_what_was_asked_and_by_which_rate(
    shopper: httpx.Client, service: str, database: Database, customer: Customer
) -> None:
    rate = {"fromCurrency": "EUR", "toCurrency": "USD", "rate": 1.25, "validOn": "2025-03-01"}
    key = create_key(database, customer.id, scopes=["admin"])
    assert httpx.post(f"{service}/api/fx-rates", json=rate, headers={"X-API-Key": key}).status_code == 201
    form = form_of(shopper.get("/budget-check", params=QUESTION | {"currency": "USD"}), "/budget-check/reserve")
    page = shown(shopper.post("/budget-check/reserve", data=form)).replace("\u00a0", " ")
    assert "96.40 EUR" in page
    assert "120.50 USD were asked for and booked at 1 EUR = 1.25 USD, the rate since 1 Mar 2025." in page


def test_an_amount_is_held_and_goes_through_its_life(shopper: httpx.Client) -> None:
    page = reserved(shopper)
    assert "Answer 201" in shown(page)
    found = re.search(r"/budget-check/reservations/([0-9a-f-]{36})", page.text)
    assert found is not None
    path = found[0]
    for call, amount, state in (
        ("commit", "100.50", "partly committed"),
        ("release", "", "committed"),
        ("spend", "40", "partly spent"),
        ("close", "", "spent"),
    ):
        form = form_of(shopper.get(path), f"{path}/{call}")
        form.pop("final", None)  # a box that nobody ticked
        page = shopper.post(f"{path}/{call}", data=form | ({"amount": amount} if amount else {}))
        assert f">{state}</span>" in shown(page)


def test_a_form_that_is_sent_twice_has_one_effect(shopper: httpx.Client) -> None:
    page = reserved(shopper)
    path = re.search(r"/budget-check/reservations/[0-9a-f-]{36}", page.text)[0]  # type: ignore[index]
    form = form_of(page, f"{path}/commit") | {"amount": "20"}
    first, second = (shopper.post(f"{path}/commit", data=form) for _ in range(2))
    assert '"committed": 20' in shown(first)
    assert '"committed": 20' in shown(second)


def test_what_a_reservations_state_does_not_allow_is_said(shopper: httpx.Client) -> None:
    page = reserved(shopper)
    path = re.search(r"/budget-check/reservations/[0-9a-f-]{36}", page.text)[0]  # type: ignore[index]
    refused = shown(shopper.post(f"{path}/spend", data=form_of(page, f"{path}/spend") | {"amount": "1"}))
    assert "This was refused" in refused
    assert "Answer 409" in refused


def test_a_key_that_may_not_reserve_sees_no_form_for_it(service: str, database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng/Software", "500")
    with browser(service) as client:
        sign_in(client, create_key(database, customer.id, scopes=("check",)))
        assert "/budget-check/reserve" not in shown(client.get("/budget-check", params=QUESTION))


def test_another_customers_reservation_is_not_there(
    shopper: httpx.Client, service: str, database: Database, other_customer: Customer
) -> None:
    path = re.search(r"/budget-check/reservations/[0-9a-f-]{36}", reserved(shopper).text)[0]  # type: ignore[index]
    with browser(service) as stranger:
        sign_in(stranger, create_key(database, other_customer.id, scopes=("check", "reserve")))
        assert stranger.get(path).status_code == 404
