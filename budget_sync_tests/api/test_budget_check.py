"""Checks over HTTP: the answer of the contract, its numbers, and questions that are none."""

import json

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import list_keys, revoke_key
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.waiting import wait_until

JSON = {"Content-Type": "application/json"}
QUESTION = {"department": "Engineering", "subCategory": "Software", "fiscalPeriod": "FY2025", "amount": 700.25}


def test_a_purchase_that_fits_is_approved_with_the_numbers(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    line = add_line(database, customer.id, "Engineering/Software", "1000.50", committed="200", reserved="100.25")
    answer = client.post("/api/budget/check", json=QUESTION | {"customerId": str(customer.id)})
    assert answer.status_code == 200
    body = answer.json()
    as_of = body.pop("asOf")
    assert as_of.endswith("Z")
    budget = {
        "id": str(line),
        "department": "Engineering",
        "subCategory": "Software",
        "fiscalPeriod": "FY2025",
        "currency": "EUR",
        "budgetedAmount": 1000.5,
        "committed": 200,
        "reserved": 100.25,
        "actualSpent": 0,
        "available": 700.25,
    }
    assert body == {
        "success": True,
        "available": True,
        "decision": "approve",
        "reasonCode": "auto_approved",
        "reason": "700.25 EUR fits: Engineering / Software for FY2025 has 700.25 EUR available.",
        "canAutoApprove": True,
        "autoApprovalThreshold": 5000,
        "utilizationPercent": 30.01,
        "utilizationPercentAfter": 100.0,
        "shortfall": 0,
        "matchedLevel": "sub_category",
        "budget": budget,
        "details": {
            "lines": [budget | {"isOpen": True, "answers": True}],
            "rates": [],
            "nearDepartments": [],
            "nearSubCategories": [],
            "knownPeriods": [],
            "otherCurrencies": [],
            "requestId": None,
        },
    }


def test_an_unknown_department_is_a_question_answered_with_near_names(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Engineering", "100")
    answer = client.post("/api/budget/check", json=QUESTION | {"department": "Enginering"})
    assert answer.status_code == 200
    assert answer.json()["reasonCode"] == "no_budget"
    assert answer.json()["details"]["nearDepartments"] == ["Engineering"]


def test_money_is_not_rounded_by_a_float(client: httpx.Client, database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Engineering", "999999999999999.9998")
    text = '{"department": "Engineering", "fiscalPeriod": "FY2025", "amount": 999999999999999.9999}'
    answer = client.post("/api/budget/check", content=text, headers={"Content-Type": "application/json"})
    assert answer.json()["reasonCode"] == "insufficient_budget"
    assert '"budgetedAmount":999999999999999.9998' in answer.text
    assert '"shortfall":0.0001' in answer.text


def test_the_short_way_and_the_long_way_answer_alike(
    service: str, client: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Engineering/Software", "1000.50", reserved="1")
    key = client.headers["authorization"].partition(" ")[2]
    first_looks_the_key_up = client.post("/api/budget/check", json=QUESTION)
    then_it_is_known = client.post("/api/budget/check", json=QUESTION)
    in_pieces = client.post("/api/budget/check", content=iter([json.dumps(QUESTION).encode()]), headers=JSON)
    by_another_header = httpx.post(f"{service}/api/budget/check", json=QUESTION, headers={"X-API-Key": key})
    answers = [first_looks_the_key_up, then_it_is_known, in_pieces, by_another_header]
    assert len({str(answer.json() | {"asOf": ""}) for answer in answers}) == 1
    assert len({frozenset(answer.headers) - {"connection"} for answer in answers}) == 1


def test_what_the_short_way_meets_is_told_as_the_handler_would(client: httpx.Client) -> None:
    strange = QUESTION | {"excludeReservationId": "0198a9c4-0000-7000-8000-0000000000aa"}
    (long_way, short_way) = (client.post("/api/budget/check", json=strange) for _ in range(2))
    for answer in (long_way, short_way):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer.json()["requestId"] == answer.headers["x-request-id"]
    assert set(long_way.headers) == set(short_way.headers)
    misspelt = client.post("/api/budget/check", params={"customer": "x"}, json=QUESTION)
    assert (misspelt.status_code, misspelt.json()["code"]) == (400, "invalid_request")


def test_a_name_is_suggested_as_it_is_spelt_in_the_budget(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    add_line(database, customer.id, "Engineering/Software", "100")
    add_line(database, customer.id, "Sales/Hardware", "100")
    suggest = "/api/budget/suggest"
    assert client.get(suggest, params={"q": "enginering"}).json()["names"] == ["Engineering"]
    inside = {"q": "Sofware", "department": " ENGINEERING"}
    assert client.get(suggest, params=inside).json()["names"] == ["Software"]
    assert client.get(suggest, params={"q": "Zoo"}).json()["names"] == []
    assert client.get(suggest).status_code == 400


def test_several_lines_must_fit_together(client: httpx.Client, database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Engineering/Software", "100")
    add_line(database, customer.id, "Engineering/Travel", "100")
    line = {"department": "Engineering", "subCategory": "Software", "fiscalPeriod": "FY2025", "amount": 60}
    fitting = client.post("/api/budget/check", json={"lines": [line, line | {"subCategory": "Travel"}]}).json()
    assert (fitting["available"], fitting["decision"], len(fitting["lines"])) == (True, "approve", 2)
    too_much = client.post("/api/budget/check", json={"lines": [line, line]}).json()
    assert [each["reasonCode"] for each in too_much["lines"]] == ["auto_approved", "insufficient_budget"]
    assert (too_much["available"], too_much["decision"], too_much["reasonCode"]) == (
        False,
        "reject",
        "insufficient_budget",
    )
    assert too_much["lines"][1]["shortfall"] == 20


@pytest.mark.parametrize("lines", [[], "x", [{}], [QUESTION | {"customerId": "x"}], [QUESTION] * 101])
def test_lines_that_are_none_are_refused(shared_client: httpx.Client, lines: object) -> None:
    answer = shared_client.post("/api/budget/check", json={"lines": lines})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_a_revoked_key_is_refused_within_five_seconds(
    client: httpx.Client, database: Database, customer: Customer
) -> None:
    assert client.post("/api/budget/check", json=QUESTION).status_code == 200
    revoke_key(database, customer.id, list_keys(database, customer.id)[0].key_id)
    wait_until(
        lambda: client.post("/api/budget/check", json=QUESTION).status_code == 401, "the key is refused", seconds=5
    )


HOSTILE_BODIES = [
    '{"department": "Engineering", "fiscalPeriod": "FY2025", "amount": ' + amount + "}"
    for amount in (
        "NaN", "Infinity", "-Infinity", "1e309", "1e400000", "1E2", '"1_000"', '"\u0661\u0662"', '"10"', "-1", "0",
        "0.00001", "1000000000000000", "null", "true", "[]", "{}", "", "1" * 400,
    )
] + [
    json.dumps({"department": "E", "fiscalPeriod": "FY2025", "amount": 1} | members)
    for members in (
        {"department": "a\0b"}, {"department": ""}, {"department": "  "}, {"department": "x" * 10_000},
        {"department": 5}, {"department": None}, {"subCategory": "\x01"}, {"subCategory": ""},
        {"requestId": "x" * 10_000},
        {"fiscalPeriod": "FY99999"}, {"fiscalPeriod": "2025-13"}, {"fiscalPeriod": "FY\u0662\u0660\u0662\u0665"},
        {"fiscalPeriod": "'; DROP"}, {"currency": "\u20ac\u20ac\u20ac"}, {"currency": "EU"}, {"customerId": "x"},
        {"customerId": "' OR 1=1"}, {"unknown": 1}, {"budgetedAmount": 5}, {"state": "open"},
    )
] + [
    "", "[]", "null", '"text"', "{", "{}", '{"department": "\\ud800", "fiscalPeriod": "FY2025", "amount": 1}',
    "[" * 100_00, '{"department":' * 3000,
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=lambda body: body[:60])
def test_what_is_no_question_is_refused_with_a_problem_document(shared_client: httpx.Client, body: str) -> None:
    answer = shared_client.post("/api/budget/check", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["code"] in ("invalid_request", "bad_period")
    assert answer.json()["success"] is False


@pytest.mark.parametrize("body", [b"\xff\xfe", b'{"department": "\xff"}', b"\x00" * 100])
def test_bytes_that_are_no_text_are_refused(shared_client: httpx.Client, body: bytes) -> None:
    answer = shared_client.post("/api/budget/check", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
