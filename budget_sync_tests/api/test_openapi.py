"""The OpenAPI document says everything that a caller needs, and nothing in it comes from elsewhere."""

import re
from typing import Any

import httpx
import pytest


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
                assert content.get("examples"), (operation["operationId"], status)
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            if media_type == "application/json":
                named = content["schema"].get("examples") or content.get("examples")
                assert named, operation["operationId"]


def test_errors_are_problem_documents(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]


def test_bodies_take_no_further_members(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["CheckQuestion"]["additionalProperties"] is False


def test_an_amount_is_a_number_above_zero(document: dict[str, Any]) -> None:
    amount = document["components"]["schemas"]["CheckQuestion"]["properties"]["amount"]
    assert (amount["type"], amount["exclusiveMinimum"]) == ("number", 0)


def test_public_routes_ask_for_no_key(document: dict[str, Any]) -> None:
    assert document["security"] == [{"bearer": []}, {"apiKey": []}]
    assert document["paths"]["/api/health"]["get"]["security"] == [{}]


@pytest.mark.parametrize("path", ["/api/docs", "/api/docs/openapi.json", "/api/docs/openapi.yaml", "/api/docs/nothing"])
def test_no_document_loads_anything_from_elsewhere(shared_client: httpx.Client, path: str) -> None:
    loading = re.compile(r"""(?:src|href|ref|url|import)["']?\s*[=:(]\s*["']?\w*:?//""", re.IGNORECASE)
    assert loading.findall(shared_client.get(path).text) == []
