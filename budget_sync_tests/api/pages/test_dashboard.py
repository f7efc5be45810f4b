"""The dashboard: from the year down to the cell that an amount came from, each table as a file."""

import re

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.importing.options import IncomingFile
from budget_sync_tests.api.pages.browsing import HTML
from budget_sync_tests.budget_lines import add_line

PLAN = b"""Department,Category,Period,Budget
Sales,Travel,2025-01,"1,000.50"
Sales,Travel,2025-02,800
Sales,Software,2025-01,300
Ops <i>,Tools,2025-01,100
"""


@pytest.fixture
def planned(signed_in: httpx.Client, database: Database, customer: Customer) -> httpx.Client:
    """A signed-in browser of a customer with a small plan."""
    assert Engine(database).run(customer.id, IncomingFile("plan.csv", PLAN, user="Jane")).success
    return signed_in


def text_of(client: httpx.Client, path: str, **asked: str) -> str:
    """The page."""
    page = client.get(path, params=asked, headers=HTML)
    assert page.status_code == 200, page.text
    return page.text


def test_a_year_shows_its_departments_and_what_they_have(planned: httpx.Client) -> None:
    page = text_of(planned, "/dashboard")
    assert "Budget FY2025" in page
    assert "2,200.50" in page
    assert "2,100.50" in page
    assert "Ops &lt;i&gt;" in page


def test_a_department_leads_to_its_lines_and_a_line_to_the_cell_it_came_from(planned: httpx.Client) -> None:
    page = text_of(planned, "/dashboard/department", name="sales")
    assert "Travel" in page
    path = page.split('href="/dashboard/lines/')[2].split('"')[0]
    line = text_of(planned, f"/dashboard/lines/{path}")
    assert "plan.csv" in line
    assert "<code>1,000.50</code>" in line
    assert ">D2</span>" in line
    assert "Created" in line


def test_a_line_names_who_changed_it_and_who_holds_money_on_it_by_the_label_of_the_key(
    planned: httpx.Client, service: str, database: Database, customer: Customer
) -> None:
    key = create_key(database, customer.id, label="Approval tool", scopes=SCOPES)
    with httpx.Client(base_url=service, headers={"X-API-Key": key, "Idempotency-Key": "one"}) as tool:
        place = {"department": "Ops <i>", "subCategory": "Tools", "fiscalPeriod": "2025-01"}
        assert tool.post("/api/budget/reserve", json={"externalReference": "PR-1", "amount": 5, **place}).is_success
        line = tool.get("/api/budgets", params={"department": "Ops <i>"}).json()["budgets"][0]["id"]
        tag = tool.get(f"/api/budgets/{line}").headers["etag"]
        changed = tool.patch(f"/api/budgets/{line}", json={"budgetedAmount": 90}, headers={"If-Match": tag})
        assert changed.is_success, changed.text
    page = text_of(planned, f"/dashboard/lines/{line}")
    assert page.count("Approval tool") == 2
    assert key.split("_")[1] not in page


def test_the_months_of_a_department_are_set_aside_where_it_has_the_year(
    planned: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Sales/Travel", "5000", period="FY2025")
    page = text_of(planned, "/dashboard/department", name="sales")
    assert "5,300.00" in page
    assert "7,100.50" not in page


def test_what_is_over_its_budget_is_named_first(planned: httpx.Client, database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Zoo/Feed", "10", committed="11")
    page = text_of(planned, "/dashboard")
    assert "One department is over its budget or near its limit" in page
    assert page.index("Zoo") < page.index("Sales")


def test_a_table_is_taken_away_in_the_order_shown(planned: httpx.Client) -> None:
    content = planned.get("/dashboard/export", params={"table": "departments", "sort": "name", "turned": "true"})
    assert content.headers["content-disposition"] == 'attachment; filename="departments_FY2025_EUR.csv"'
    assert [row.split(",")[:2] for row in content.text.splitlines()] == [
        ["Department", "Budgeted"],
        ["Sales", "2100.5000"],
        ["Ops <i>", "100.0000"],
    ]


def test_the_lines_of_a_department_are_a_file_that_imports_again(planned: httpx.Client) -> None:
    content = planned.get("/dashboard/lines/export", params={"format": "csv", "name": "Sales"})
    assert len(content.text.splitlines()) == 4
    assert "Ops" not in content.text


@pytest.mark.parametrize("table", ["periods", "imports", "sub-categories"])
def test_every_table_beneath_a_picture_is_a_file(planned: httpx.Client, table: str) -> None:
    content = planned.get("/dashboard/export", params={"table": table, "name": "Sales"})
    assert (content.status_code, content.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert len(content.text.splitlines()) > 1


def test_the_url_holds_the_view(planned: httpx.Client) -> None:
    page = text_of(planned, "/dashboard", year="FY2025", currency="EUR", sort="available", turned="true")
    assert '&amp;table=departments&amp;sort=available#departments">Available <span aria-hidden="true">↓<' in page


def test_a_table_beneath_a_picture_stands_in_the_order_asked_for_and_is_taken_away_so(planned: httpx.Client) -> None:
    for turned, order in (("false", ["2025-01", "2025-02"]), ("true", ["2025-02", "2025-01"])):
        asked = {"table": "periods", "sort": "budgeted", "turned": turned}
        beneath = text_of(planned, "/dashboard", **asked).partition('<details id="periods" open>')[2]
        assert re.findall(r'<th scope="row">(2025-..)<', beneath) == order
        taken = planned.get("/dashboard/export", params=asked).text.splitlines()
        assert [row[:7] for row in taken[1:]] == order


def test_a_year_without_lines_says_what_to_do(planned: httpx.Client) -> None:
    page = text_of(planned, "/dashboard", year="FY2031")
    assert "There is no budget for FY2031 yet" in page
    assert "/fpa/import" in page


def test_the_line_of_another_customer_is_not_there(
    planned: httpx.Client, database: Database, other_customer: Customer
) -> None:
    line = add_line(database, other_customer.id, "Secret", "1")
    assert planned.get(f"/dashboard/lines/{line}").status_code == 404
