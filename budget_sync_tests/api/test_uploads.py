"""A file goes up, is understood, imported, and answers checks; what is no budget is turned away and says why."""

from typing import Any

import httpx
import pytest

CSV = b"Department,Category,Fiscal Year,Budget\nEngineering,Software,FY2025,50000\nEngineering,Travel,FY2025,1200.50\n"
ROWS = [
    ["Department", "Category", "Fiscal Year", "Budget"],
    ["Engineering", "Software", "FY2025", 50000],
    ["Engineering", "Travel", "FY2025", 1200.50],
]
MAPPINGS = [
    {"columnIndex": 0, "targetField": "department"},
    {"sourceColumn": "category", "targetField": "subCategory"},
    {"sourceColumn": "Fiscal Year", "targetField": "fiscalPeriod"},
    {"columnIndex": 3, "sourceColumn": "not this", "targetField": "budgetedAmount"},
]
PAYROLL = (
    b"Employee ID,Employee Name,Gross Salary,Tax,Net Pay\n1,Ann Lee,5000,1000,4000\n2,Bo Chan,5100,1020,4080\n"
    b"3,Cy Dee,5200,1040,4160\n"
)


def analyze(client: httpx.Client, content: bytes, name: str = "budget.csv") -> httpx.Response:
    """The answer to an upload."""
    return client.post("/api/excel/analyze", files={"file": (name, content, "text/csv")})


def check(client: httpx.Client, amount: float, sub_category: str = "Software") -> dict[str, Any]:
    """The answer to a question about the imported lines."""
    question = {"department": "Engineering", "subCategory": sub_category, "fiscalPeriod": "FY2025", "amount": amount}
    body: dict[str, Any] = client.post("/api/budget/check", json=question).json()
    return body


def test_an_upload_is_analysed_imported_and_answers_checks(client: httpx.Client) -> None:
    analysis = analyze(client, CSV).json()
    assert analysis["success"] is True
    assert analysis["sumBudgeted"] == "51200.50"
    assert [mapping["targetField"] for mapping in analysis["mappings"]] == [
        "department",
        "subCategory",
        "fiscalPeriod",
        "budgetedAmount",
    ]
    body = {"uploadId": analysis["uploadId"], "fileName": "budget.csv", "mappings": analysis["mappings"]}
    imported = client.post("/api/excel/import", json=body)
    assert imported.status_code == 200, imported.text
    assert imported.json()["stats"]["created"] == 2
    assert check(client, 50_000.01)["shortfall"] == 0.01
    assert check(client, 1200.50, "Travel")["decision"] == "approve"


def test_rows_are_imported_by_the_mappings_that_come_with_them(client: httpx.Client) -> None:
    imported = client.post("/api/excel/import", json={"fileName": "sheet", "rows": ROWS, "mappings": MAPPINGS})
    assert imported.status_code == 200, imported.text
    assert (imported.json()["status"], imported.json()["imported"]) == ("completed", 2)
    assert check(client, 1, "Travel")["budget"]["budgetedAmount"] == 1200.5


def test_headers_may_come_apart_from_the_rows(client: httpx.Client) -> None:
    imported = client.post("/api/excel/import", json={"headers": ROWS[0], "rows": ROWS[1:], "mappings": MAPPINGS})
    assert imported.json()["imported"] == 2


def test_an_amount_of_json_keeps_every_digit(client: httpx.Client) -> None:
    body = '{"rows": [["Department", "Fiscal Year", "Budget"], ["Engineering", "FY2025", 99999999999999.9999]]}'
    imported = client.post("/api/excel/import", content=body, headers={"Content-Type": "application/json"})
    assert imported.json()["imported"] == 1, imported.text
    assert '"budgetedAmount":99999999999999.9999' in client.get("/api/budgets").text


def test_the_same_again_changes_nothing(client: httpx.Client) -> None:
    first, second = (client.post("/api/excel/import", json={"rows": ROWS, "mappings": MAPPINGS}) for _ in range(2))
    assert (first.json()["status"], second.json()["status"]) == ("completed", "unchanged")
    assert second.status_code == 200


def test_what_was_imported_stands_in_the_history(client: httpx.Client) -> None:
    body = {"rows": ROWS, "mappings": MAPPINGS, "userId": "ann", "fileName": "plan.csv"}
    import_id = client.post("/api/excel/import", json=body).json()["importId"]
    (record,) = client.get("/api/imports/history").json()["imports"]
    assert (record["importId"], record["fileName"], record["user"]) == (import_id, "plan.csv", "ann")
    assert record["stats"]["totalRows"] == 2
    assert client.get("/api/imports/history", params={"limit": 1}).json()["count"] == 1


def test_a_payroll_is_refused_as_no_budget_with_its_import(client: httpx.Client) -> None:
    upload_id = analyze(client, PAYROLL, "staff.csv").json()["uploadId"]
    answer = client.post("/api/excel/import", json={"uploadId": upload_id, "fileName": "staff.csv"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_budget")
    assert answer.json()["import"]["status"] == "rejected"
    assert client.get("/api/budgets").json()["count"] == 0


def test_a_table_without_a_period_waits_for_a_person(client: httpx.Client) -> None:
    rows = [["Department", "Budget"], ["Engineering", 100], ["Sales", 200]]
    answer = client.post("/api/excel/import", json={"rows": rows})
    assert (answer.status_code, answer.json()["status"]) == (202, "needs_review")
    answer = client.post("/api/excel/import", json={"rows": rows, "options": {"fiscalPeriod": "FY2025"}})
    assert (answer.status_code, answer.json()["imported"]) == (200, 2)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"%PDF-1.7 ...", "budget.xlsx"),
        (b"<html><body>Sign in</body></html>", "budget.csv"),
        (b"PK\x03\x04" + b"\0" * 100, "budget.xlsx"),
        (bytes(range(256)) * 20, "budget.csv"),
    ],
)
def test_bytes_that_are_no_table_are_422(shared_client: httpx.Client, content: bytes, name: str) -> None:
    answer = analyze(shared_client, content, name)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_file")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\budgets\\plan.csv", "plan.csv"),
        ("a\u202evsc.exe", "avsc.exe"),
        ("x" * 300 + ".csv", "x" * 251 + ".csv"),
    ],
)
def test_the_name_of_a_file_is_a_label_only(shared_client: httpx.Client, name: str, shown: str) -> None:
    assert analyze(shared_client, CSV, name).json()["fileName"] == shown


MULTIPART = "multipart/form-data; boundary=b"
FORMS: list[tuple[bytes, str]] = [
    (b"", MULTIPART),
    (b"", "multipart/form-data"),
    (b"--b", MULTIPART),
    (b"--b--\r\n", MULTIPART),
    (b"no part at all", MULTIPART),
    (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n', MULTIPART),
    (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    (b'--b\r\nContent-Disposition: form-data; name="sheet"\r\n\r\n\xff\r\n--b--\r\n', MULTIPART),
    (b"{}", "application/json"),
    (b"file=x", "application/x-www-form-urlencoded"),
]


@pytest.mark.parametrize("charset", ["nonsense", "undefined", "idna", "punycode", "base64", "utf-16"])
def test_a_form_member_in_another_charset_is_refused_before_it_is_decoded(
    shared_client: httpx.Client, charset: str
) -> None:
    """Decoding a megabyte as punycode takes a minute, in which the service would answer nobody."""
    head = f'--b\r\nContent-Disposition: form-data; name="sheet"\r\nContent-Type: text/plain; charset={charset}\r\n\r\n'
    body = head.encode() + b"a" * 1_000_000 + b"\r\n--b--\r\n"
    answer = shared_client.post("/api/excel/analyze", content=body, headers={"Content-Type": MULTIPART}, timeout=5)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"] == "The member 'sheet' of the form must be UTF-8."


def test_a_form_member_longer_than_any_name_is_refused_while_it_comes(shared_client: httpx.Client) -> None:
    files = {"file": ("budget.csv", CSV)}
    answer = shared_client.post("/api/excel/analyze", files=files, data={"sheet": "x" * 70_000})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "longer than 65536 bytes" in answer.json()["detail"]


@pytest.mark.parametrize(("body", "content_type"), FORMS, ids=str)
def test_a_form_that_is_none_is_refused(shared_client: httpx.Client, body: bytes, content_type: str) -> None:
    answer = shared_client.post("/api/excel/analyze", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "members",
    [{"unknown": "1"}, {"customerId": "x"}, {"sheet": "a\0"}, {"userId": "x" * 501}, {"state": "open"}],
    ids=str,
)
def test_a_form_member_that_does_not_fit_is_refused(shared_client: httpx.Client, members: dict[str, str]) -> None:
    answer = shared_client.post("/api/excel/analyze", data=members, files={"file": ("a.csv", CSV)})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


IMPORTS: list[dict[str, Any]] = [
    {},
    {"rows": None},
    {"rows": []},
    {"rows": ROWS, "uploadId": "0" * 64},
    {"uploadId": "x"},
    {"uploadId": "../../etc/passwd"},
    {"rows": [["a", {"b": 1}]]},
    {"rows": [["a\0"]]},
    {"rows": [["x" * 40_000]]},
    {"rows": [[10**100]]},
    {"rows": "text"},
    {"rows": ROWS, "mappings": [{"targetField": "department"}]},
    {"rows": ROWS, "mappings": [{"sourceColumn": "Nothing", "targetField": "department"}]},
    {"rows": ROWS, "mappings": [{"columnIndex": 99, "targetField": "department"}]},
    {"rows": ROWS, "mappings": [{"columnIndex": -1, "targetField": "department"}]},
    {"rows": ROWS, "mappings": [{"columnIndex": 0, "targetField": "salary"}]},
    {"rows": ROWS, "mappings": [{"columnIndex": 0, "targetField": "department", "period": "2025"}]},
    {"rows": ROWS, "options": {"mode": "drop"}},
    {"rows": ROWS, "options": {"maxErrorRate": 2}},
    {"rows": ROWS, "options": {"department": "a\0"}},
    {"rows": ROWS, "options": {"currency": "euro"}},
    {"rows": ROWS, "options": {"fiscalPeriod": "soon"}},
    {"rows": ROWS, "options": {"unknown": 1}},
    {"rows": ROWS, "userId": "a\0"},
    {"rows": ROWS, "customer_id": "x"},
]


@pytest.mark.parametrize("body", IMPORTS, ids=lambda body: str(body)[:80])
def test_an_import_that_is_none_is_refused(shared_client: httpx.Client, body: dict[str, Any]) -> None:
    answer = shared_client.post("/api/excel/import", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text


@pytest.mark.parametrize("cell", ["1e309", "-1e400000", "1" * 70, "NaN", "Infinity"])
def test_numbers_that_no_table_holds_are_refused(shared_client: httpx.Client, cell: str) -> None:
    body = '{"rows": [["Department", "Budget"], ["Engineering", ' + cell + "]]}"
    answer = shared_client.post("/api/excel/import", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_an_upload_that_was_never_made_is_404(shared_client: httpx.Client) -> None:
    answer = shared_client.post("/api/excel/import", json={"uploadId": "0" * 64})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
