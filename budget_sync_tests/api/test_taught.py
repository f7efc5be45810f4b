"""Words and aliases over HTTP: taught, heard in the next file, changed, forgotten; each customer's own."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync_tests.api.running import client_with

WORDS, ALIASES = "/api/vocabulary", "/api/value-aliases"
FIRST, SECOND = {"If-Match": '"1"'}, {"If-Match": '"2"'}
UNITS = b"Department,Zweig,Year,Budget\nNorth,Alpha,2025,10\nNorth,Beta,2025,20\nNorth,Gamma,2025,35\n"
ALIAS = {"field": "department", "alias": "Enginerring", "name": "Engineering"}


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    """The first customer's client, with every scope."""
    with client_with(service, create_key(database, customer.id, scopes=SCOPES)) as opened:
        yield opened


@pytest.fixture
def other_admin(service: str, database: Database, other_customer: Customer) -> Iterator[httpx.Client]:
    """The other customer's client, with every scope."""
    with client_with(service, create_key(database, other_customer.id, scopes=SCOPES)) as opened:
        yield opened


def changed_in_turn(client: httpx.Client, path: str, change: dict[str, Any]) -> Any:
    """What it says once that two changed it who had read the same: the second is told."""
    assert client.get(path).headers["etag"] == FIRST["If-Match"]
    answers = [client.patch(path, json=change, headers=FIRST) for _ in range(2)]
    assert [answer.status_code for answer in (*answers, client.delete(path, headers=FIRST))] == [200, 412, 412]
    assert answers[0].headers["etag"] == SECOND["If-Match"]
    assert client.patch(path, json=change).status_code == 400
    return answers[0].json()


def department_of(client: httpx.Client) -> list[str]:
    """The columns that an analysis takes for the department."""
    mappings = client.post("/api/excel/analyze", files={"file": ("units.csv", UNITS)}).json()["mappings"]
    return [mapping["sourceColumn"] for mapping in mappings if mapping["targetField"] == "department"]


def load(client: httpx.Client, department: str) -> Any:
    """The result of importing one line of a department."""
    rows = [["Department", "Fiscal Year", "Budget"], [department, "FY2025", 50000]]
    return client.post("/api/excel/import", json={"rows": rows, "fileName": f"{department}.csv"}).json()


def test_a_word_is_heard_by_the_next_analysis_of_its_customer_until_it_is_forgotten(
    admin: httpx.Client, other_admin: httpx.Client
) -> None:
    made = admin.post(WORDS, json={"word": "Zweig", "field": "department"})
    assert (made.status_code, made.json()["positive"], made.json()["fileType"]) == (201, True, None)
    assert (department_of(admin), department_of(other_admin)) == (["Zweig"], ["Department"])
    path = f"{WORDS}/{made.json()['id']}"
    assert admin.get(path).json() == made.json()
    assert changed_in_turn(admin, path, {"positive": False})["positive"] is False
    assert department_of(admin) == ["Department"]
    assert admin.delete(path, headers=SECOND).status_code == 204
    assert admin.get(WORDS).json() == {"words": [], "count": 0, "nextCursor": None, "success": True}


def test_an_alias_is_used_by_the_next_import(admin: httpx.Client) -> None:
    load(admin, "Engineering")
    assert load(admin, "Enginering")["questions"][0]["code"] == "near_name"
    made = admin.post(ALIASES, json=ALIAS)
    assert made.status_code == 201
    assert "as it was answered before" in load(admin, "Enginerring")["warnings"][0]
    path = f"{ALIASES}/{made.json()['id']}"
    assert changed_in_turn(admin, path, {"name": "Design"})["name"] == "Design"
    assert admin.get(ALIASES).json()["count"] == 1
    assert admin.delete(path, headers=SECOND).status_code == 204
    assert admin.get(path).status_code == 404


def test_what_is_another_customers_is_not_found(admin: httpx.Client, other_admin: httpx.Client) -> None:
    word = other_admin.post(WORDS, json={"word": "Zweig", "fileType": "payroll"}).json()["id"]
    alias = other_admin.post(ALIASES, json=ALIAS).json()["id"]
    for path, change in ((f"{WORDS}/{word}", {"positive": False}), (f"{ALIASES}/{alias}", {"name": "Mine"})):
        assert admin.get(path).status_code == 404
        assert admin.patch(path, json=change, headers=FIRST).status_code == 404
        assert admin.delete(path, headers=FIRST).status_code == 404
        assert other_admin.get(path).status_code == 200
    assert admin.get(WORDS).json()["count"] == admin.get(ALIASES).json()["count"] == 0


def test_the_same_word_or_spelling_twice_is_a_conflict(admin: httpx.Client) -> None:
    for path, body in ((WORDS, {"word": "Zweig", "field": "department"}), (ALIASES, ALIAS)):
        assert [admin.post(path, json=body).status_code for _ in range(2)] == [201, 409]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (WORDS, {"word": "Zweig"}),
        (WORDS, {"word": "Zweig", "field": "department", "fileType": "payroll"}),
        (WORDS, {"word": "Zweig", "field": "zone"}),
        (WORDS, {"word": "---", "field": "department"}),
        (WORDS, {"word": "a\u0000b", "field": "department"}),
        (WORDS, {"word": "x" * 501, "field": "department"}),
        (WORDS, {"word": "Zweig", "field": "department", "more": 1}),
        (ALIASES, {"field": "currency", "alias": "a", "name": "b"}),
        (ALIASES, {"field": "department", "alias": " ", "name": "b"}),
        (ALIASES, {"field": "department", "alias": "a"}),
    ],
)
def test_what_does_not_fit_is_400(admin: httpx.Client, path: str, body: dict[str, Any]) -> None:
    answer = admin.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_a_key_that_may_only_read_teaches_nothing(service: str, database: Database, customer: Customer) -> None:
    with client_with(service, create_key(database, customer.id, scopes=["read"])) as reader:
        assert reader.get(WORDS).status_code == reader.get(ALIASES).status_code == 200
        assert reader.post(WORDS, json={"word": "Zweig", "field": "department"}).status_code == 403
        assert reader.post(ALIASES, json=ALIAS).status_code == 403


def test_an_encoding_that_a_person_chose_reads_the_upload(admin: httpx.Client) -> None:
    content = "Department,Year,Budget\nZ\u0142oty,2025,10\nIT,2025,20\n".encode("cp1250")
    upload = admin.post("/api/excel/analyze", files={"file": ("a.csv", content)}).json()["uploadId"]
    answer = admin.post("/api/excel/import", json={"uploadId": upload, "options": {"encoding": "cp1250"}})
    assert answer.json()["status"] == "completed"
    departments = {line["department"] for line in admin.get("/api/budgets").json()["budgets"]}
    assert departments == {"Z\u0142oty", "IT"}
    refused = admin.post("/api/excel/import", json={"uploadId": upload, "options": {"encoding": "punycode"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "unreadable_file")
