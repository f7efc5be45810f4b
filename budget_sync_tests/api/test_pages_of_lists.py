"""Every list goes page by page: each row once, in order, however small the page."""

from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import create_customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync_tests.api.running import SharedService, client_with
from budget_sync_tests.budget_lines import add_line

RATES = [("USD", "EUR", "2025-01-01"), ("USD", "EUR", "2025-02-01"), ("GBP", "EUR", "2025-01-01")]
ALIASES = [("department", "Eng"), ("department", "ENGG"), ("subCategory", "Eng")]
LISTS = {
    "/api/budgets": "budgets",
    "/api/approval-rules": "rules",
    "/api/fx-rates": "rates",
    "/api/vocabulary": "words",
    "/api/value-aliases": "aliases",
    "/api/keys": "keys",
    "/api/audit": "entries",
    "/api/imports/history": "imports",
}


@pytest.fixture(scope="module")
def client(shared_service: SharedService) -> httpx.Client:
    """A client of a customer that has some of everything."""
    database = shared_service.database
    customer = create_customer(database, "lists")
    client = client_with(shared_service.address, create_key(database, customer.id, scopes=SCOPES))
    fill(client, database, customer.id)
    return client


def fill(client: httpx.Client, database: Database, customer_id: Any) -> None:
    """At least three rows of each list."""
    for name in ("Sales", "Sales/Travel", "Engineering"):
        add_line(database, customer_id, name, "100")
    for place in ({}, {"department": "Sales"}, {"department": "Sales", "subCategory": "Travel"}):
        made(client.post("/api/approval-rules", json={"autoApprovalThreshold": 1} | place))
    for source, target, day in RATES:
        body = {"fromCurrency": source, "toCurrency": target, "rate": 1.5, "validOn": day}
        made(client.post("/api/fx-rates", json=body))
    for word, field in (("Zweig", "department"), ("Ast", "department"), ("Ast", "subCategory")):
        made(client.post("/api/vocabulary", json={"word": word, "field": field}))
    for field, alias in ALIASES:
        made(client.post("/api/value-aliases", json={"field": field, "alias": alias, "name": "Engineering"}))
    for number in range(3):
        made(client.post("/api/keys", json={"scopes": ["check"]}))
        rows = [["Department", "Fiscal Year", "Budget"], ["Sales", "FY2026", number]]
        assert client.post("/api/excel/import", json={"rows": rows}).status_code == 200


def made(answer: httpx.Response) -> None:
    """Nothing where the thing was made."""
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("path", LISTS)
def test_one_row_a_page_gives_the_same_as_one_page(client: httpx.Client, path: str) -> None:
    whole = client.get(path, params={"limit": 100}).json()
    assert len(whole[LISTS[path]]) >= 3
    assert whole["nextCursor"] is None
    rows, cursor = [], ""
    while cursor is not None:
        page = client.get(path, params={"limit": 1} | ({"cursor": cursor} if cursor else {})).json()
        assert page["count"] == 1
        rows += page[LISTS[path]]
        cursor = page["nextCursor"]
    if path == "/api/keys":  # the count of uses goes on meanwhile
        rows, whole["keys"] = [row["id"] for row in rows], [row["id"] for row in whole["keys"]]
    assert rows == whole[LISTS[path]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["x", "WyJ4IiwieSIsInoiXQ", "bnVsbA", "W10"])
def test_a_cursor_that_nobody_gave_is_400(client: httpx.Client, path: str, cursor: str) -> None:
    answer = client.get(path, params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
