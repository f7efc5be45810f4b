"""The figures of a year: summed as a check of the year would, one currency at a time, expense and revenue apart."""

import httpx

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.budget_lines import add_line


def stats(client: httpx.Client, **asked: str) -> dict[str, object]:
    """What the route answers."""
    response = client.get("/api/dashboard/stats", params=asked)
    assert response.status_code == 200, response.text
    answer: dict[str, object] = response.json()
    return answer


def test_what_is_used_most_stands_first_with_its_limit(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Eng/Software", "500", committed="100", reserved="50.5")
    add_line(database, customer.id, "Ops", "100", committed="120")
    shown = stats(client, fiscalYear="FY2025")
    first, second = shown["departments"]  # type: ignore[misc]
    assert (first["name"], first["figures"]["utilizationPercent"]) == ("Ops", 120)
    assert first["figures"]["overCommittedLines"] == 1
    assert (second["name"], second["figures"]["available"]) == ("Eng", 349.5)
    assert second["utilizationLimitPercent"] == 90
    assert shown["totals"]["expense"]["budgeted"] == 600  # type: ignore[index]


def test_a_year_and_its_months_are_never_added(client: httpx.Client, database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng/Software", "120")
    add_line(database, customer.id, "Eng/Software", "10", period="2025-03")
    for quarter in range(1, 5):
        add_line(database, customer.id, "Eng/Travel", "25", period=f"FY2025-Q{quarter}")
    shown = stats(client, fiscalYear="FY2025")
    assert shown["totals"]["expense"]["budgeted"] == 220  # type: ignore[index]
    assert shown["setAsideLines"] == 1
    assert [each["fiscalPeriod"] for each in shown["periods"]] == [  # type: ignore[attr-defined]
        "FY2025",
        "FY2025-Q1",
        "FY2025-Q2",
        "FY2025-Q3",
        "FY2025-Q4",
    ]


def test_revenue_and_other_currencies_are_apart(client: httpx.Client, database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "900", line_type="revenue")
    add_line(database, customer.id, "Eng/Software", "500")
    add_line(database, customer.id, "Eng/Software", "300", currency="USD")
    shown = stats(client)
    assert shown["totals"]["expense"]["budgeted"] == 500  # type: ignore[index]
    assert shown["totals"]["revenue"]["budgeted"] == 900  # type: ignore[index]
    assert (shown["currency"], shown["currencies"]) == ("EUR", ["EUR", "USD"])
    assert stats(client, currency="usd")["totals"]["expense"]["budgeted"] == 300  # type: ignore[index]


def test_without_a_year_the_latest_is_shown_where_the_present_one_has_no_lines(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Eng", "1", period="FY2019")
    add_line(database, customer.id, "Eng", "2", period="2021-03")
    shown = stats(client)
    assert (shown["fiscalYear"], shown["fiscalYears"]) == ("FY2021", ["FY2021", "FY2019"])


def test_a_year_whose_lines_are_all_deleted_is_no_year(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Eng", "1", period="FY2019")
    gone = add_line(database, customer.id, "Eng", "2", period="FY2021")
    with database.tenant(customer.id) as session:
        session.execute("UPDATE budget SET deleted_at = now() WHERE id = %s", (gone,))
    shown = stats(client)
    assert (shown["fiscalYear"], shown["fiscalYears"]) == ("FY2019", ["FY2019"])


def test_imports_are_counted_by_day_and_state(client: httpx.Client) -> None:
    rows = [["Department", "Fiscal Year", "Budget"], ["Eng", "FY2025", 1]]
    client.post("/api/excel/import", json={"fileName": "a.csv", "rows": rows})
    (counted,) = stats(client)["imports"]  # type: ignore[misc]
    assert (counted["state"], counted["count"]) == ("completed", 1)


def test_a_month_is_no_fiscal_year(client: httpx.Client) -> None:
    refused = client.get("/api/dashboard/stats", params={"fiscalYear": "2025-03"})
    assert (refused.status_code, refused.json()["field"]) == (400, "fiscalYear")
