"""The list of budget lines: filters, pages, and text that is only text."""

from decimal import Decimal

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.budget_lines import add_line


def names(answer: httpx.Response) -> list[str]:
    """``Eng/Software`` for each line of a page."""
    assert answer.status_code == 200, answer.text
    return ["/".join(filter(None, (line["department"], line["subCategory"]))) for line in answer.json()["budgets"]]


def test_a_line_bears_its_utilisation(client: httpx.Client, database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng/Software", "300", committed="50.5", reserved="49.5")
    body = client.get("/api/budgets").json()
    (listed,) = body["budgets"]
    assert listed["id"] == str(line)
    assert listed["utilization"] == {
        "committed": 50.5,
        "reserved": 49.5,
        "actualSpent": 0,
        "available": 200,
        "utilizationPercent": 33.33,
    }
    assert (body["success"], body["count"], body["nextCursor"]) == (True, 1, None)
    assert body["filters"]["customerId"] == str(customer.id)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Eng", "Eng/Software", "Sales/Travel"]),
        ({"department": " ENG "}, ["Eng", "Eng/Software"]),
        ({"subCategory": "travel"}, ["Sales/Travel"]),
        ({"fiscalPeriod": "2025-03"}, ["Sales/Travel"]),
        ({"q": "soft"}, ["Eng/Software"]),
        ({"q": "%"}, []),
        ({"source": "upload"}, ["Eng", "Eng/Software", "Sales/Travel"]),
        ({"source": "sftp"}, []),
        ({"importId": "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10"}, []),
    ],
    ids=str,
)
def test_filters_narrow_the_list(
    client: httpx.Client, database: Database, customer: Customer, filters: dict[str, str], expected: list[str]
) -> None:
    add_line(database, customer.id, "Eng", "1")
    add_line(database, customer.id, "Eng/Software", "2")
    add_line(database, customer.id, "Sales/Travel", "3", period="2025-03")
    assert names(client.get("/api/budgets", params=filters)) == expected


def test_pages_join_without_a_gap_or_a_repetition(client: httpx.Client, database: Database, customer: Customer) -> None:
    for number in range(7):
        add_line(database, customer.id, f"Dept {number}", str(Decimal(number)))
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        page = client.get("/api/budgets", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        seen += names(page)
        cursor = page.json()["nextCursor"]
    assert seen == [f"Dept {number}" for number in range(7)]
    assert cursor is None


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "501"},
        {"limit": "1_0"},
        {"limit": "\u0661"},
        {"cursor": "x"},
        {"cursor": "\u20ac"},
        {"cursor": "W10"},
        {"cursor": "WyIiLCIiLCIiLCIiLCJcdTAwMDAiXQ"},
        {"cursor": "x" * 5000},
        {"department": "a\0"},
        {"department": ""},
        {"q": "x" * 501},
        {"fiscalPeriod": "2025"},
        {"importId": "' OR 1=1"},
        {"customerId": "1"},
        {"departmnt": "Eng"},
    ],
    ids=str,
)
def test_a_filter_that_is_none_is_refused(shared_client: httpx.Client, query: dict[str, str]) -> None:
    answer = shared_client.get("/api/budgets", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("raw", ["department=%FF%FE", "q=%00", "department=%ED%A0%80", "limit=", "q=1&q=2"])
def test_bytes_that_are_no_text_are_never_a_defect(shared_client: httpx.Client, raw: str) -> None:
    assert shared_client.get(f"/api/budgets?{raw}").status_code in (200, 400)


@pytest.mark.parametrize("words", ["'; DROP TABLE budget; --", "%s", "\\", "{}", "_"])
def test_words_are_looked_for_as_they_are(shared_client: httpx.Client, words: str) -> None:
    assert names(shared_client.get("/api/budgets", params={"q": words, "department": words})) == []
