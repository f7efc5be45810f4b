"""Odd numbers and odd text in every member and every parameter of every documented route: 400 each, and never a 500."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.importing.operators import create_operator_key
from budget_sync_tests.api.documented import NOBODYS, Operation, operations
from budget_sync_tests.api.running import SharedService, client_with

NUMBERS = ["NaN", "Infinity", "-Infinity", "1e309", "1_000", "١٢", '"12"', "0x10", "1e", "--1"]
TEXTS = [r'"\u0000"', r'"a\u0000b"', r'"\ud800"', '"' + "x" * 10_000 + '"', "12", "{}"]
PARAMETERS = ["%00", "a%00b", "%ED%A0%80", "x" * 10_000]
CODES = {"currency", "fromCurrency", "toCurrency", "fiscalPeriod", "slug", "label", "uploadId", "bucket", "region"}
PLACE = "@place@"
LEFT_OUT = {
    "rows": "what stands in a cell is judged as a cell, row by row",
    "headers": "as rows",
    "fileName": "what a file is called is cleaned and never refused: it decides nothing",
}
BODIES = [operation for operation in operations() if operation.body is not None]
QUERIES = [operation for operation in operations() if operation.parameters]


@pytest.fixture(scope="module")
def clients(shared_service: SharedService) -> dict[bool, httpx.Client]:
    """A customer's client with every scope, and an operator's."""
    key = create_key(shared_service.database, shared_service.customer.id, scopes=SCOPES)
    operator = create_operator_key(shared_service.database)
    return {False: client_with(shared_service.address, key), True: client_with(shared_service.address, operator)}


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Where a text or a number stands in an example, and which."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in LEFT_OUT:
                yield from places(member, (*way, name))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from places(member, (*way, number))
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield way, value


def with_odd(body: Any, way: tuple[Any, ...], odd: str) -> bytes:
    """The example with raw JSON in one place."""
    changed = json.loads(json.dumps(body))
    inner = changed
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = PLACE
    return json.dumps(changed).replace(f'"{PLACE}"', odd).encode()


def refused(answer: httpx.Response, operation: Operation) -> bool:
    """400, 404 where the id of nobody's thing was looked at first, 422 of a source's own configuration."""
    allowed = {400} | ({404} if NOBODYS in operation.path else set())
    allowed |= {422} if operation.path == "/api/sources" else set()
    return answer.status_code in allowed and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("operation", BODIES, ids=str)
def test_an_odd_value_in_a_body_is_refused(clients: dict[bool, httpx.Client], operation: Operation) -> None:
    passed = []
    for way, value in places(operation.body):
        for odd in TEXTS if isinstance(value, str) else NUMBERS:
            content = with_odd(operation.body, way, odd)
            client = clients[operation.for_operators]
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4()), "If-Match": '"1"'}
            answer = client.request(operation.method, operation.path, content=content, headers=headers)
            if not refused(answer, operation):
                passed.append((way, odd[:20], answer.status_code, answer.text[:200]))
    assert passed == []


@pytest.mark.parametrize("operation", QUERIES, ids=str)
def test_an_odd_value_of_a_parameter_is_refused(clients: dict[bool, httpx.Client], operation: Operation) -> None:
    passed = []
    for parameter in operation.parameters:
        for odd in (*PARAMETERS, *(quote(number) for number in NUMBERS if parameter in {"limit", "days", "after"})):
            path = f"{operation.path}?{parameter}={odd}"
            answer = clients[operation.for_operators].request(operation.method, path, headers={"If-Match": '"1"'})
            if not refused(answer, operation):
                passed.append((parameter, odd[:20], answer.status_code, answer.text[:200]))
    assert passed == []


@pytest.mark.parametrize("operation", BODIES, ids=str)
def test_a_line_break_at_the_end_of_a_code_is_refused(clients: dict[bool, httpx.Client], operation: Operation) -> None:
    passed = []
    for way, value in places(operation.body):
        if way[-1] in CODES:
            content = with_odd(operation.body, way, json.dumps(f"{value}\n"))
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4()), "If-Match": '"1"'}
            client = clients[operation.for_operators]
            answer = client.request(operation.method, operation.path, content=content, headers=headers)
            if not refused(answer, operation):
                passed.append((way, answer.status_code, answer.text[:200]))
    assert passed == []


@pytest.mark.parametrize(("member", "value"), [("currency", "USD\n"), ("encoding", "utf-8\n")])
def test_a_line_break_at_the_end_of_an_option_is_refused(shared_client: httpx.Client, member: str, value: str) -> None:
    answer = shared_client.post("/api/excel/import", json={"uploadId": "0" * 64, "options": {member: value}})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    answer = shared_client.post("/api/excel/import", json={"uploadId": "0" * 64 + "\n"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_there_are_routes_to_try() -> None:
    assert len(BODIES) > 15
    assert len(QUERIES) > 15
