"""Rejected rows go back to their sender in their own columns, and load when they are corrected and sent again."""

import csv
import io
from collections.abc import Callable
from typing import Any

import msgspec
import openpyxl
import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import ConflictError
from budget_sync.domain.fields import FileFormat, ImportState, TargetField
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.error_file import write_error_file
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportResult
from budget_sync_tests.database.importing.files import incoming, rows_of

HEADER = ["Department", "Category", "Fiscal Year", "Budgeted Amount"]
GOOD = [[f"Department {number % 4}", f"Item {number}", "FY2025", str(1000 + number)] for number in range(30)]
BAD = [["Sales", "=1+1", "FY2025", "12x"], ["Sales", "Fairs", "sometime", "800"], ["", "Ads", "FY2025", "-50"]]


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


def csv_of(rows: list[list[str]], delimiter: str = ",") -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def workbook_of(rows: list[list[Any]], sheet: str = "Budget") -> bytes:
    """The rows as a workbook."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def error_file(database: Database, result: ImportResult, file_format: FileFormat) -> tuple[bytes, str]:
    """The file that goes back, and its name."""
    target = io.BytesIO()
    name = write_error_file(database, result.customer_id, result.import_id, file_format, target)
    return target.getvalue(), name


def corrected_workbook(content: bytes, corrections: dict[str, Any]) -> bytes:
    """The workbook with other values in the cells that hold these."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value in corrections:
                cell.value = corrections[cell.value]
    return saved(book)


def comments(content: bytes) -> dict[str, str]:
    """What stands at each commented cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def lines(database: Database, customer: Customer) -> list[tuple[Any, ...]]:
    """The lines of the department whose rows were bad."""
    query = (
        "SELECT sub_category, fiscal_period, budgeted_amount::float FROM budget WHERE department = 'Sales' ORDER BY 1"
    )
    return rows_of(database, customer, query)


def test_the_workbook_holds_the_rejected_rows_with_comments_at_the_bad_cells(
    engine: Engine, database: Database, customer: Customer
) -> None:
    result = engine.run(customer.id, incoming(csv_of([HEADER, *GOOD, *BAD])))
    assert result.status is ImportState.COMPLETED_WITH_ERRORS
    content, name = error_file(database, result, FileFormat.XLSX)
    assert name == "budget_errors.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[:2] == [HEADER, ["Sales", "=1+1", "FY2025", "12x"]]
    assert set(comments(content)) >= {"D2", "C3"}
    assert "12x" in comments(content)["D2"]
    assert book.worksheets[0]["D2"].fill.fgColor.rgb == "00FFC7CE"
    summary = [row[0].value for row in book["Please read"].iter_rows()]
    assert summary[0].endswith("of budget.csv could not be loaded.")


def test_no_cell_of_the_workbook_is_a_formula(engine: Engine, database: Database, customer: Customer) -> None:
    bad = [[start + "x", "A", "FY2025", start + "1+1"] for start in ("=", "+", "-", "@", "\t", "\r")]
    result = engine.run(customer.id, incoming(csv_of([HEADER, *GOOD, *GOOD[:0], *bad[:3]])))
    content, _ = error_file(database, result, FileFormat.XLSX)
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    text = error_file(database, result, FileFormat.CSV)[0].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []


_SECOND_AMOUNT = [
    TargetField.DEPARTMENT,
    TargetField.SUB_CATEGORY,
    TargetField.FISCAL_PERIOD,
    None,
    TargetField.BUDGETED_AMOUNT,
]
CORRECTIONS = {"12x": 700, "sometime": "FY2025"}


def test_the_corrected_workbook_loads_without_a_question(
    engine: Engine, database: Database, customer: Customer
) -> None:
    result = engine.run(customer.id, incoming(csv_of([HEADER, *GOOD, *BAD[:2]])))
    content, name = error_file(database, result, FileFormat.XLSX)
    again = engine.run(customer.id, incoming(corrected_workbook(content, CORRECTIONS), name))
    assert (again.status, again.questions, again.error) == (ImportState.COMPLETED, [], None)
    assert lines(database, customer) == [("=1+1", "FY2025", 700), ("Fairs", "FY2025", 800)]


def test_the_corrected_csv_loads_without_a_question(engine: Engine, database: Database, customer: Customer) -> None:
    result = engine.run(customer.id, incoming(csv_of([HEADER, *GOOD, *BAD[:2]])))
    content, name = error_file(database, result, FileFormat.CSV)
    corrected = content.replace(b"12x", b"700").replace(b"sometime", b"FY2025")
    again = engine.run(customer.id, incoming(corrected, name))
    assert (again.status, again.questions, again.error) == (ImportState.COMPLETED, [], None)
    assert lines(database, customer) == [("=1+1", "FY2025", 700), ("Fairs", "FY2025", 800)]


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _titled_months() -> bytes:
    rows: list[list[Any]] = [["Budget 2026"], [], ["Department", "Account", *MONTHS]]
    rows += [[f"Team {number % 3}", f"Item {number}", *range(100 + number, 112 + number)] for number in range(20)]
    rows.append(["Sales", "Fairs", *[10] * 5, "tbd", *[10] * 6])
    return workbook_of(rows, "Plan")


def _sections() -> bytes:
    rows: list[list[Any]] = [["Account", "FY2026 Budget"]]
    for department in ("Research", "Sales", "Legal"):
        rows.append([department, None])
        rows += [[f"{department} item {number}", 100 + number] for number in range(8)]
    rows[14] = ["Fairs", "tbd"]
    return workbook_of(rows)


def _filled_down() -> bytes:
    rows: list[list[Any]] = [["Department", "Account", "Year", "Budget"]]
    for department in ("Research", "Sales", "Legal"):
        rows += [[department if not number else None, f"Item {number}", 2026, 100 + number] for number in range(8)]
    rows[14] = [None, "Fairs", 2026, "tbd"]
    return workbook_of(rows)


@pytest.mark.parametrize("make", [_titled_months, _sections, _filled_down])
def test_a_row_keeps_the_title_the_section_and_the_name_that_it_stood_under(
    engine: Engine, database: Database, customer: Customer, make: Callable[[], bytes]
) -> None:
    result = engine.run(customer.id, incoming(make(), "plan.xlsx"))
    assert (result.status, result.stats.error_rows) == (ImportState.COMPLETED_WITH_ERRORS, 1)
    content, name = error_file(database, result, FileFormat.XLSX)
    again = engine.run(customer.id, incoming(corrected_workbook(content, {"tbd": 10}), name))
    assert (again.status, again.error) == (ImportState.COMPLETED, None)
    query = "SELECT DISTINCT department, sub_category, left(fiscal_period, 6) FROM budget WHERE import_id = %s"
    with database.tenant(customer.id) as connection:
        found = connection.execute(query, (again.import_id,)).fetchall()
    assert [row[:2] for row in found][:1] == [("Sales", "Fairs")]
    assert {row[2].removeprefix("FY")[:4] for row in found} == {"2026"}


def test_a_point_that_parts_thousands_means_the_same_in_a_file_of_one_row(
    engine: Engine, database: Database, customer: Customer
) -> None:
    good = [[*row[:3], f"1.{500 + number}.000"] for number, row in enumerate(GOOD)]
    result = engine.run(customer.id, incoming(csv_of([HEADER, *good, ["Sales", "Fairs", "sometime", "1.234"]], ";")))
    content, name = error_file(database, result, FileFormat.XLSX)
    again = engine.run(customer.id, incoming(corrected_workbook(content, CORRECTIONS), name))
    assert (again.status, lines(database, customer)) == (ImportState.COMPLETED, [("Fairs", "FY2025", 1234)])


def test_the_corrected_workbook_is_mapped_as_a_person_mapped_the_file(
    engine: Engine, database: Database, customer: Customer
) -> None:
    header = ["Department", "Category", "Fiscal Year", "Budget A", "Budget B"]
    rows = [[*row, str(9000 + number)] for number, row in enumerate(GOOD)]
    waiting = engine.run(customer.id, incoming(csv_of([header, *rows, ["Sales", "Fairs", "FY2025", "1", "12x"]])))
    assert waiting.status is ImportState.NEEDS_REVIEW
    analysis = engine.get(customer.id, waiting.import_id).analysis
    assert analysis is not None
    chosen = [
        msgspec.structs.replace(mapping, target_field=field)
        for mapping, field in zip(analysis.mappings, _SECOND_AMOUNT, strict=True)
    ]
    result = engine.confirm(customer.id, waiting.import_id, ImportOptions(mappings=chosen))
    assert (result.status, result.stats.error_rows) == (ImportState.COMPLETED_WITH_ERRORS, 1)
    content, name = error_file(database, result, FileFormat.XLSX)
    again = engine.run(customer.id, incoming(corrected_workbook(content, CORRECTIONS), name))
    assert (again.status, again.error) == (ImportState.COMPLETED, None)
    assert lines(database, customer) == [("Fairs", "FY2025", 700)]


def test_an_import_without_rejected_rows_has_no_error_file(
    engine: Engine, database: Database, customer: Customer
) -> None:
    with pytest.raises(ConflictError, match="no rejected rows"):
        error_file(database, engine.run(customer.id, incoming()), FileFormat.XLSX)
