"""Budget lines leave as a file, and come back as the same lines."""

import csv
import io

import httpx
import openpyxl
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.budget_lines import add_line


@pytest.fixture
def lines(database: Database, customer: Customer) -> None:
    """Lines of every kind that there is: general, by month, in two currencies, revenue, used, odd names."""
    add_line(database, customer.id, "Engineering", "1000")
    add_line(database, customer.id, "Engineering/Software", "50000.1234", committed="12000", reserved="300")
    add_line(database, customer.id, "Engineering/Travel", "1200.5", currency="USD")
    add_line(database, customer.id, "Marketing", "700")
    add_line(database, customer.id, "Sales/Licences", "90000", line_type="revenue")
    for month in range(1, 13):
        add_line(database, customer.id, "Sales/Fairs", f"{month}00", period=f"2025-{month:02}")
    add_line(database, customer.id, "Sales/=1+1", "-50")
    add_line(database, customer.id, 'Ünïts, and "quotes"/@home', "99999999999999.9999")


def shown(client: httpx.Client) -> list[tuple[object, ...]]:
    """Every line as the list shows it."""
    found = client.get("/api/budgets", params={"limit": 500}).json()["budgets"]
    names = ("department", "subCategory", "fiscalPeriod", "lineType", "currency", "budgetedAmount")
    return [tuple(line[name] for name in names) for line in found]


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_imports_again_without_a_question_and_changes_nothing(client: httpx.Client, file_format: str) -> None:
    before = shown(client)
    exported = client.get("/api/budgets/export", params={"format": file_format})
    files = {"file": (f"budgets.{file_format}", exported.content)}
    analysis = client.post("/api/excel/analyze", files=files).json()
    assert ([question for question in analysis["questions"] if question["blocking"]], analysis["canProceed"]) == (
        [],
        True,
    )
    imported = client.post("/api/excel/import", json={"uploadId": analysis["uploadId"], "options": {"strict": True}})
    stats = imported.json()["stats"]
    assert (stats["created"], stats["updated"], stats["unchanged"]) == (0, 0, len(before)), imported.text
    assert shown(client) == before


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_makes_the_same_lines_for_another_customer(
    client: httpx.Client, other_client: httpx.Client, file_format: str
) -> None:
    exported = client.get("/api/budgets/export", params={"format": file_format})
    answer = other_client.post("/api/sync/upload", files={"file": (f"b.{file_format}", exported.content)})
    assert answer.status_code == 200, answer.text
    assert shown(other_client) == shown(client)


@pytest.mark.usefixtures("lines")
def test_a_workbook_has_a_frozen_header_widths_and_number_formats(client: httpx.Client) -> None:
    answer = client.get("/api/budgets/export", params={"format": "xlsx"})
    assert answer.headers["content-disposition"].endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width) == ("A2", 28)
    assert (sheet["F3"].value, sheet["F3"].number_format) == (50000.1234, "#,##0.00##")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.usefixtures("lines")
def test_no_cell_of_a_csv_is_a_formula(client: httpx.Client) -> None:
    text = client.get("/api/budgets/export").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert {cell for cell in cells if cell[:1] in ("=", "+", "-", "@")} == {"-50"}
    assert {"'=1+1", "'@home"} < set(cells)


def test_a_csv_names_its_charset_once(shared_client: httpx.Client) -> None:
    assert shared_client.get("/api/budgets/export").headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.usefixtures("lines")
def test_the_filters_of_the_list_are_those_of_the_export(client: httpx.Client) -> None:
    filters = {"department": "sales", "subCategory": "FAIRS", "fiscalPeriod": "2025-03"}
    text = client.get("/api/budgets/export", params=filters).content.decode("utf-8-sig")
    assert text.splitlines()[1:] == ["Sales,Fairs,2025-03,expense,EUR,300"]


@pytest.mark.parametrize(
    "filters", [{"format": "pdf"}, {"fiscalPeriod": "soon"}, {"department": "a\0"}, {"limit": "3"}]
)
def test_a_filter_that_is_none_is_refused(shared_client: httpx.Client, filters: dict[str, str]) -> None:
    assert shared_client.get("/api/budgets/export", params=filters).status_code == 400
