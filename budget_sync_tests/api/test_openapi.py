"""The OpenAPI document says everything that a caller needs, and nothing in it comes from elsewhere."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.documentation.__main__ import write_documents

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def document(shared_client: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = shared_client.get("/api/docs/openapi.json").json()
    return answer


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation of every path."""
    return [operation for path in document["paths"].values() for operation in path.values()]


def test_it_is_openapi_3_1_and_lists_the_routes_of_the_service(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/budget/check",
        "/api/budget/suggest",
        "/api/budget/reserve",
        "/api/budget/commit",
        "/api/budget/spend",
        "/api/budget/close",
        "/api/budget/release",
        "/api/budget/status/{reservation_id}",
        "/api/budgets",
        "/api/budgets/export",
        "/api/dashboard/stats",
        "/api/fx-rates",
        "/api/fx-rates/{rate_id}",
        "/api/approval-rules",
        "/api/approval-rules/{rule_id}",
        "/api/audit",
        "/api/budgets/{line_id}",
        "/api/keys",
        "/api/keys/{record_id}",
        "/api/keys/{record_id}/rotate",
        "/api/customers",
        "/api/customers/{customer_id}",
        "/api/excel/analyze",
        "/api/excel/import",
        "/api/imports/history",
        "/api/imports/waiting",
        "/api/imports/{import_id}",
        "/api/imports/{import_id}/changes",
        "/api/imports/{import_id}/confirm",
        "/api/imports/{import_id}/decline",
        "/api/imports/{import_id}/errors",
        "/api/imports/{import_id}/undo",
        "/api/sources",
        "/api/sources/{source_id}",
        "/api/sources/{source_id}/sync",
        "/api/sources/{source_id}/test",
        "/api/sync/upload",
        "/api/value-aliases",
        "/api/value-aliases/{alias_id}",
        "/api/vocabulary",
        "/api/vocabulary/{word_id}",
        "/api/webhooks",
        "/api/webhooks/{webhook_id}",
        "/api/webhooks/{webhook_id}/deliveries",
        "/api/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
        "/api/webhooks/{webhook_id}/rotate-secret",
        "/api/health",
        "/api/health/ready",
    }


def test_every_operation_has_a_name_a_summary_and_a_description(document: dict[str, Any]) -> None:
    for operation in operations(document):
        assert operation["operationId"]
        assert operation["summary"]
        assert operation["description"]


def test_every_answer_and_every_json_body_has_an_example(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                is_file = content.get("schema", {}).get("format") == "binary"
                assert content.get("examples") or is_file, (operation["operationId"], status)
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            if media_type == "application/json":
                named = content["schema"].get("examples") or content.get("examples")
                assert named, operation["operationId"]


def test_what_a_webhook_was_sent_is_an_object(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["Delivery"]["properties"]["body"] == {"type": "object"}


def test_what_can_be_had_as_a_file_says_so(document: dict[str, Any]) -> None:
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    files = {
        operation["operationId"]: set(operation["responses"]["200"]["content"])
        for operation in operations(document)
        if any(parameter["name"] == "format" for parameter in operation.get("parameters", ()))
    }
    assert files == {
        "exportBudgets": {"text/csv", workbook},
        "listImportErrors": {"application/json", "text/csv", workbook},
    }


def test_errors_are_problem_documents(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]


def test_every_route_says_what_it_answers_when_it_is_too_slow_too_busy_or_broken(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert {"408", "500", "503"} <= set(operation["responses"]), path
            assert ("429" in operation["responses"]) == ("401" in operation["responses"]), path


def test_the_committed_documents_are_those_of_the_code(tmp_path: Path) -> None:
    write_documents(tmp_path)
    for name in ("openapi.json", "errors.md"):
        committed = (DOCS / name).read_text(encoding="utf-8")
        assert committed == (tmp_path / name).read_text(encoding="utf-8"), f"docs/{name} is stale: run 'make docs'"


def test_bodies_take_no_further_members(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["CheckQuestion"]["additionalProperties"] is False


def test_an_amount_is_a_number_above_zero(document: dict[str, Any]) -> None:
    amount = document["components"]["schemas"]["CheckQuestion"]["properties"]["amount"]
    assert (amount["type"], amount["exclusiveMinimum"]) == ("number", 0)


def test_public_routes_ask_for_no_key(document: dict[str, Any]) -> None:
    assert document["security"] == [{"bearer": []}, {"apiKey": []}]
    assert document["paths"]["/api/health"]["get"]["security"] == [{}]


@pytest.mark.parametrize("path", ["/api/docs", "/api/docs/openapi.json", "/api/docs/start.js", "/api/docs/nothing"])
def test_no_document_loads_anything_from_elsewhere(shared_client: httpx.Client, path: str) -> None:
    loading = re.compile(r"""(?:src|href|ref|url|import)["']?\s*[=:(]\s*["']?\w*:?//""", re.IGNORECASE)
    named = '"url":"https://approvals.example.com/'  # what a customer names in an example is loaded by nobody
    assert loading.findall(shared_client.get(path).text.replace(named, "")) == []
