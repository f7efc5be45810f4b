"""The life of an import over HTTP: rehearsed, loaded, shown, confirmed, declined, taken back."""

import io
from typing import Any
from uuid import uuid4

import httpx
import openpyxl
import pytest

from budget_sync_tests.api.test_uploads import CSV, PAYROLL

HEADER = b"Department,Category,Fiscal Year,Budget\n"
BAD = (
    HEADER
    + b"".join(b"Engineering,Item %d,FY2025,%d00\n" % (row, row + 1) for row in range(20))
    + b"Sales,Ads,FY2025,x\n"
)
ROWS = [["Department", "Category", "Fiscal Year", "Budget"], ["Engineering", "Software", "FY2025", 50000]]
WAITING = b"Department,Budget\nEngineering,100\nSales,200\n"


def upload(client: httpx.Client, content: bytes, name: str = "budget.csv") -> httpx.Response:
    """The answer to a file that is sent to be loaded."""
    return client.post("/api/sync/upload", files={"file": (name, content, "text/csv")})


def lines(client: httpx.Client) -> int:
    """How many budget lines there are."""
    count: int = client.get("/api/budgets").json()["count"]
    return count


def test_a_certain_file_is_loaded_in_one_call(client: httpx.Client) -> None:
    answer = upload(client, CSV)
    assert (answer.status_code, answer.json()["status"], lines(client)) == (200, "completed", 2)


def test_a_file_that_is_not_certain_waits_and_loads_when_it_is_confirmed(client: httpx.Client) -> None:
    waiting = upload(client, WAITING)
    assert (waiting.status_code, waiting.json()["status"], lines(client)) == (202, "needs_review", 0)
    body = {"options": {"fiscalPeriod": "FY2025"}, "userId": "ann"}
    answer = client.post(f"/api/imports/{waiting.json()['importId']}/confirm", json=body)
    assert (answer.status_code, answer.json()["status"], lines(client)) == (200, "completed", 2)


def test_a_payroll_is_422_and_can_be_declined_with_a_reason(client: httpx.Client) -> None:
    refused = upload(client, PAYROLL, "staff.csv")
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_budget")
    path = f"/api/imports/{refused.json()['import']['importId']}"
    answer = client.post(f"{path}/decline", json={"reason": "Sent by mistake", "userId": "ann"})
    assert (answer.status_code, answer.json()["status"]) == (200, "declined")
    assert client.get(path).json()["error"]["message"] == "Sent by mistake"
    again = client.post(f"{path}/confirm", json={})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_a_confirmation_may_map_other_columns(client: httpx.Client) -> None:
    rows = b"Department,Fiscal Year,Budget A,Budget B\nEngineering,FY2025,1,10\nSales,FY2025,2,20\n"
    waiting = upload(client, rows).json()
    choices = [("department", 0), ("fiscalPeriod", 1), ("budgetedAmount", 3)]
    mappings = [{"targetField": field, "columnIndex": index} for field, index in choices]
    answer = client.post(f"/api/imports/{waiting['importId']}/confirm", json={"mappings": mappings})
    assert answer.status_code == 200, answer.text
    assert [line["budgetedAmount"] for line in client.get("/api/budgets").json()["budgets"]] == [10, 20]


@pytest.mark.parametrize("body", [{"options": {"dryRun": True}}, {"unknown": 1}, {"userId": "a\0"}], ids=str)
def test_a_confirmation_that_is_none_is_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    waiting = upload(client, WAITING).json()
    assert client.post(f"/api/imports/{waiting['importId']}/confirm", json=body).status_code == 400
    assert lines(client) == 0


@pytest.mark.parametrize(
    "body", [{}, {"reason": ""}, {"reason": " "}, {"reason": "x" * 501}, {"reason": "a\0"}], ids=str
)
def test_a_file_is_not_declined_without_a_reason(client: httpx.Client, body: dict[str, Any]) -> None:
    waiting = upload(client, WAITING).json()
    assert client.post(f"/api/imports/{waiting['importId']}/decline", json=body).status_code == 400


def test_a_general_line_has_no_sub_category_in_changes_as_in_lists(client: httpx.Client) -> None:
    imported = upload(client, b"Department,Period,Budget\nEngineering,FY2025,100\n", "general.csv").json()
    changes = client.get(f"/api/imports/{imported['importId']}/changes").json()["changes"]
    listed = client.get("/api/budgets").json()["budgets"]
    assert [one["subCategory"] for one in (*changes, *listed)] == [None, None]


def test_an_import_shows_what_it_changed_and_is_taken_back(client: httpx.Client) -> None:
    import_id = upload(client, CSV).json()["importId"]
    changes = client.get(f"/api/imports/{import_id}/changes").json()
    assert [change["change"] for change in changes["changes"]] == ["created", "created"]
    assert (changes["totals"][0]["newTotal"], changes["stats"]["created"]) == (51200.5, 2)
    undone = client.post(f"/api/imports/{import_id}/undo", json={"userId": "ann"})
    assert (undone.status_code, undone.json()["status"], lines(client)) == (200, "completed", 0)
    assert client.get(f"/api/imports/{import_id}").json()["status"] == "undone"
    assert client.post(f"/api/imports/{import_id}/undo", json={}).status_code == 409
    assert client.post(f"/api/imports/{undone.json()['importId']}/undo", json={}).status_code == 200
    assert lines(client) == 2


def test_the_rejected_rows_of_an_import_are_paged(client: httpx.Client) -> None:
    content = BAD + b"Sales,Fairs,FY2025,y\n"
    path = f"/api/imports/{upload(client, content).json()['importId']}/errors"
    first = client.get(path, params={"limit": 1}).json()
    assert (first["errors"][0]["value"], first["errors"][0]["row"], first["count"]) == ("x", 21, 1)
    second = client.get(path, params={"limit": 1, "after": first["nextAfter"]}).json()
    assert ([error["value"] for error in second["errors"]], second["nextAfter"]) == (["y"], None)


def test_one_import_shows_its_analysis(client: httpx.Client) -> None:
    record = client.get(f"/api/imports/{upload(client, CSV).json()['importId']}").json()
    assert record["analysis"]["sumBudgeted"] == "51200.50"
    assert record["analysis"]["headers"] == ["Department", "Category", "Fiscal Year", "Budget"]


def test_a_dry_run_shows_the_difference_and_loads_nothing(client: httpx.Client) -> None:
    upload(client, CSV)
    rows = [*ROWS, ["Engineering", "Hardware", "FY2025", 7]]
    rows[1] = ["Engineering", "Software", "FY2025", 60000]
    answer = client.post("/api/excel/import", json={"rows": rows, "options": {"dryRun": True}})
    assert answer.status_code == 200, answer.text
    changed = {
        change["change"]: (change["oldAmount"], change["newAmount"]) for change in answer.json()["diff"]["changes"]
    }
    assert changed == {"updated": (50000, 60000), "created": (None, 7)}
    assert lines(client) == 2
    assert client.get("/api/imports/history").json()["count"] == 1


def test_a_previewed_upload_loads_precisely_what_its_dry_run_showed(client: httpx.Client) -> None:
    upload(client, CSV)
    content = CSV.replace(b"50000", b"60000")
    upload_id = client.post("/api/excel/analyze", files={"file": ("budget.csv", content)}).json()["uploadId"]
    body = {"uploadId": upload_id, "fileName": "budget.csv"}
    dry = client.post("/api/excel/import", json=body | {"options": {"dryRun": True}}).json()
    assert [(change["oldAmount"], change["newAmount"]) for change in dry["diff"]["changes"]] == [(50000, 60000)]
    assert [(total["oldTotal"], total["newTotal"]) for total in dry["diff"]["totals"]] == [(51200.5, 61200.5)]
    upload(client, CSV.replace(b"50000", b"55000"))
    outdated = client.post("/api/excel/import", json=body)
    assert (outdated.status_code, outdated.json()["code"]) == (409, "dry_run_outdated")
    client.post("/api/excel/import", json=body | {"options": {"dryRun": True}})
    loaded = client.post("/api/excel/import", json=body)
    assert (loaded.status_code, loaded.json()["stats"]["updated"]) == (200, 1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {
            "mappings": [
                {"columnIndex": 0, "targetField": "department"},
                {"columnIndex": 1, "targetField": "budgetedAmount"},
            ]
        },
    ],
)
def test_an_upload_is_imported_under_the_name_that_it_was_analysed_with(
    client: httpx.Client, body: dict[str, Any]
) -> None:
    for name in ("Budget FY2024.csv", "Budget FY2025.csv"):
        analysis = client.post("/api/excel/analyze", files={"file": (name, WAITING)}).json()
    assert analysis["canProceed"]
    answer = client.post("/api/excel/import", json={"uploadId": analysis["uploadId"], **body})
    assert (answer.status_code, answer.json()["fileName"]) == (200, "Budget FY2025.csv"), answer.text
    assert {line["fiscalPeriod"] for line in client.get("/api/budgets").json()["budgets"]} == {"FY2025"}


def test_a_name_that_the_import_says_counts_before_that_of_the_analysis(client: httpx.Client) -> None:
    upload_id = client.post("/api/excel/analyze", files={"file": ("Budget FY2024.csv", WAITING)}).json()["uploadId"]
    answer = client.post("/api/excel/import", json={"uploadId": upload_id, "fileName": "Budget FY2025.csv"})
    assert (answer.status_code, answer.json()["fileName"]) == (200, "Budget FY2025.csv"), answer.text
    assert {line["fiscalPeriod"] for line in client.get("/api/budgets").json()["budgets"]} == {"FY2025"}


def test_what_waits_is_listed_oldest_first_with_its_questions(client: httpx.Client) -> None:
    asked = [upload(client, WAITING.replace(b"100", amount)).json()["importId"] for amount in (b"1", b"2")]
    answer = client.get("/api/imports/waiting").json()
    assert ([record["importId"] for record in answer["imports"]], answer["count"]) == (asked, 2)
    assert answer["imports"][0]["analysis"]["requiredFieldsMissing"] == ["fiscalPeriod"]
    client.post(f"/api/imports/{asked[0]}/decline", json={"reason": "no"})
    assert client.get("/api/imports/waiting", params={"limit": 1}).json()["imports"][0]["importId"] == asked[1]


def test_an_import_shows_who_answered_what(client: httpx.Client) -> None:
    import_id = upload(client, WAITING).json()["importId"]
    body = {"options": {"fiscalPeriod": "FY2025"}, "userId": "ann"}
    client.post(f"/api/imports/{import_id}/confirm", json=body)
    (decision,) = client.get(f"/api/imports/{import_id}").json()["decisions"]
    assert (decision["decision"], decision["user"], decision["answers"]) == (
        "confirmed",
        "ann",
        {"fiscalPeriod": "FY2025"},
    )


def test_an_import_may_replace_what_the_same_source_wrote(client: httpx.Client) -> None:
    upload(client, CSV)
    answer = client.post("/api/excel/import", json={"rows": ROWS, "options": {"mode": "replace"}})
    assert (answer.json()["stats"]["removed"], lines(client)) == (1, 1)


def test_a_replace_of_the_whole_source_waits_for_a_person(client: httpx.Client) -> None:
    options = {"mode": "replace", "replaceScope": "source"}
    answer = client.post("/api/excel/import", json={"rows": ROWS, "options": options})
    assert (answer.status_code, answer.json()["status"]) == (202, "needs_review")


@pytest.mark.parametrize(("rows", "status"), [(ROWS, 200), ([["Department", "Budget"], ["Sales", 1], ["IT", 2]], 202)])
def test_the_same_key_gives_the_first_answer_again(client: httpx.Client, rows: list[Any], status: int) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    first, second = (client.post("/api/excel/import", json={"rows": rows}, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (status, status)
    assert second.json() == first.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert client.get("/api/imports/history").json()["count"] == 1


def test_an_upload_and_its_undo_are_done_once_under_their_keys(client: httpx.Client) -> None:
    first, again = (
        client.post("/api/sync/upload", files={"file": ("b.csv", CSV)}, headers={"Idempotency-Key": "upload"})
        for _ in range(2)
    )
    assert again.json() == first.json()
    other = client.post("/api/sync/upload", files={"file": ("b.csv", BAD)}, headers={"Idempotency-Key": "upload"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    path = f"/api/imports/{first.json()['importId']}/undo"
    undone, again = (client.post(path, json={}, headers={"Idempotency-Key": "undo"}) for _ in range(2))
    assert (undone.status_code, again.status_code, again.json()) == (200, 200, undone.json())
    assert (lines(client), client.get("/api/imports/history").json()["count"]) == (0, 2)


def test_a_refusal_is_given_again_under_its_key(client: httpx.Client) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"rows": [*ROWS, ["Sales", "Ads", "FY2025", "x"]]}
    first, second = (client.post("/api/excel/import", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, first.json()["code"]) == (422, "too_many_errors")
    assert second.json() | {"requestId": ""} == first.json() | {"requestId": ""}


def test_a_key_is_for_one_request(client: httpx.Client) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    client.post("/api/excel/import", json={"rows": ROWS}, headers=headers)
    answer = client.post("/api/excel/import", json={"rows": [*ROWS, ["IT", "", "FY2025", 1]]}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_the_rejected_rows_come_as_a_workbook_that_loads_when_it_is_corrected(client: httpx.Client) -> None:
    path = f"/api/imports/{upload(client, BAD, 'plän.csv').json()['importId']}/errors"
    answer = client.get(path, params={"format": "xlsx"})
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''pl%C3%A4n_errors.xlsx"
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book.worksheets[0][2]] == ["Sales", "Ads", "FY2025", "x"]
    book.worksheets[0]["D2"].value = 12.5
    corrected = io.BytesIO()
    book.save(corrected)
    loaded = upload(client, corrected.getvalue(), "plan_errors.xlsx")
    assert (loaded.status_code, loaded.json()["imported"]) == (200, 1), loaded.text


def test_the_rejected_rows_come_as_csv(client: httpx.Client) -> None:
    path = f"/api/imports/{upload(client, BAD).json()['importId']}/errors"
    answer = client.get(path, params={"format": "csv"})
    assert answer.content.decode("utf-8-sig").splitlines()[1:] == ["Sales,Ads,FY2025,x"]
    assert client.get(path, params={"format": "pdf"}).status_code == 400


def test_an_import_without_rejected_rows_has_no_workbook(client: httpx.Client) -> None:
    path = f"/api/imports/{upload(client, CSV).json()['importId']}/errors"
    answer = client.get(path, params={"format": "xlsx"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_errors")
    assert client.get(path).json()["errors"] == []
