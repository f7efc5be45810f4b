"""Every route, asked by two customers: neither sees, names or changes what is the other's."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.app import create_app
from api.authentication import PAGE, PUBLIC
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.importing.operators import create_operator_key
from budget_sync.settings import Settings
from budget_sync_tests.api.running import SharedService, client_with
from budget_sync_tests.budget_lines import add_line

CSV = b"Department,Fiscal Year,Budget\nSecretive,FY2025,50000\n"


@dataclass(frozen=True)
class Route:
    """One route and a request of it that is good for the caller's own customer; ``scope`` None: public."""

    method: str
    path: str
    scope: str | None
    request: dict[str, Any] = field(default_factory=dict)
    names_customer: str | None = None
    expected: int = 200

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def sent_by(self, client: httpx.Client, customer_id: str | None = None) -> httpx.Response:
        """The answer; ``customer_id`` is named in the request where the route takes one."""
        arguments = {name: dict(value) for name, value in self.request.items()}
        if customer_id and self.names_customer:
            arguments.setdefault(self.names_customer, {})["customerId"] = customer_id
        arguments["headers"] = {
            "Idempotency-Key": str(uuid4()),
            "If-Match": '"0000000000000001"' if "budgets" in self.path else '"1"',
            "X-Request-Id": "asked",
        }
        return client.request(self.method, self.path, **arguments)


QUESTION = {"department": "Secretive", "fiscalPeriod": "FY2025", "amount": 1}
ROWS = [["Department", "Fiscal Year", "Budget"], ["Mine", "FY2025", 1]]
ROUTES = [
    Route("POST", "/api/budget/check", "check", {"json": QUESTION}, "json"),
    Route("GET", "/api/budget/suggest", "check", {"params": {"q": "secretiv"}}, "params"),
    Route("GET", "/api/budgets", "read", {}, "params"),
    Route("GET", "/api/budgets/export", "read", {}, "params"),
    Route("GET", "/api/imports/history", "read", {}, "params"),
    Route("GET", "/api/dashboard/stats", "read", {}, "params"),
    Route("GET", "/api/imports/waiting", "read", {}, "params"),
    Route("POST", "/api/excel/analyze", "import", {"files": {"file": ("a.csv", CSV)}}, "data"),
    Route("POST", "/api/excel/import", "import", {"json": {"rows": ROWS}}, "json"),
    Route("GET", "/api/health", None),
    Route("GET", "/api/health/ready", None),
    Route("GET", "/api/docs", None),
    Route("GET", "/api/docs/openapi.json", None),
    Route("GET", "/api/docs/start.js", None),
]
NOBODYS = "0198a9c4-0000-7000-8000-0000000000aa"
MONEY = [
    Route("POST", f"/api/budget/{call}", "reserve", {"json": {"reservationId": NOBODYS}}, "json", expected=404)
    for call in ("commit", "spend", "close", "release")
] + [
    Route(
        "POST",
        "/api/budget/reserve",
        "reserve",
        {"json": {"budgetId": NOBODYS, "amount": 1, "externalReference": "PR-1"}},
        "json",
        expected=404,
    ),
    Route("GET", f"/api/budget/status/{NOBODYS}", "reserve", expected=404),
]
RATE = {"fromCurrency": "USD", "toCurrency": "EUR", "rate": 1.5, "validOn": "2025-01-01"}
RULES = [
    Route("GET", "/api/fx-rates", "admin", {}, "params"),
    Route("POST", "/api/fx-rates", "admin", {"json": RATE}, "json", expected=201),
    Route("GET", f"/api/fx-rates/{NOBODYS}", "admin", expected=404),
    Route("PATCH", f"/api/fx-rates/{NOBODYS}", "admin", {"json": {"rate": 1.5}}, expected=404),
    Route("DELETE", f"/api/fx-rates/{NOBODYS}", "admin", expected=404),
    Route("GET", "/api/approval-rules", "admin", {}, "params"),
    Route("POST", "/api/approval-rules", "admin", {"json": {"autoApprovalThreshold": 1}}, "json", expected=201),
    Route("GET", f"/api/approval-rules/{NOBODYS}", "admin", expected=404),
    Route("PATCH", f"/api/approval-rules/{NOBODYS}", "admin", {"json": {"whenExceeded": "warn"}}, expected=404),
    Route("DELETE", f"/api/approval-rules/{NOBODYS}", "admin", expected=404),
]
ROUTES += MONEY + RULES
WORD = {"word": "Zweig", "field": "department"}
ALIAS = {"field": "department", "alias": "Mein", "name": "Mine"}
TAUGHT = [
    Route("GET", "/api/vocabulary", "read", {}, "params"),
    Route("POST", "/api/vocabulary", "admin", {"json": WORD}, "json", expected=201),
    Route("GET", f"/api/vocabulary/{NOBODYS}", "read", expected=404),
    Route("PATCH", f"/api/vocabulary/{NOBODYS}", "admin", {"json": {"positive": False}}, expected=404),
    Route("DELETE", f"/api/vocabulary/{NOBODYS}", "admin", expected=404),
    Route("GET", "/api/value-aliases", "read", {}, "params"),
    Route("POST", "/api/value-aliases", "admin", {"json": ALIAS}, "json", expected=201),
    Route("GET", f"/api/value-aliases/{NOBODYS}", "read", expected=404),
    Route("PATCH", f"/api/value-aliases/{NOBODYS}", "admin", {"json": {"name": "Mine"}}, expected=404),
    Route("DELETE", f"/api/value-aliases/{NOBODYS}", "admin", expected=404),
]
ROUTES += TAUGHT
DECLINED = {"json": {"reason": "Last year's"}}
IMPORTS = [
    Route("POST", "/api/sync/upload", "import", {"files": {"file": ("a.csv", CSV)}}, "data"),
    Route("GET", f"/api/imports/{NOBODYS}", "read", expected=404),
    Route("GET", f"/api/imports/{NOBODYS}/errors", "read", expected=404),
    Route("GET", f"/api/imports/{NOBODYS}/changes", "read", expected=404),
    Route("POST", f"/api/imports/{NOBODYS}/confirm", "import", {"json": {}}, "json", expected=404),
    Route("POST", f"/api/imports/{NOBODYS}/decline", "import", DECLINED, "json", expected=404),
    Route("POST", f"/api/imports/{NOBODYS}/undo", "import", {"json": {}}, "json", expected=404),
]
ROUTES += IMPORTS
KEYS = [
    Route("GET", "/api/keys", "admin", {}, "params"),
    Route("POST", "/api/keys", "admin", {"json": {"scopes": ["check"]}}, "json", expected=201),
    Route("GET", f"/api/keys/{NOBODYS}", "admin", {}, "params", expected=404),
    Route("PATCH", f"/api/keys/{NOBODYS}", "admin", {"json": {"label": "Mine"}}, "params", expected=404),
    Route("DELETE", f"/api/keys/{NOBODYS}", "admin", {}, "params", expected=404),
    Route("POST", f"/api/keys/{NOBODYS}/rotate", "admin", {"json": {}}, "json", expected=404),
]
ROUTES += KEYS
LINE = {"department": "Mine", "fiscalPeriod": "FY2025", "budgetedAmount": 1}
LINES = [
    Route("POST", "/api/budgets", "admin", {"json": LINE}, "json", expected=201),
    Route("GET", f"/api/budgets/{NOBODYS}", "read", expected=404),
    Route("PATCH", f"/api/budgets/{NOBODYS}", "admin", {"json": {"state": "closed"}}, expected=404),
    Route("DELETE", f"/api/budgets/{NOBODYS}", "admin", expected=404),
    Route("GET", "/api/audit", "admin", {}, "params"),
]
ROUTES += LINES
OPERATORS = [
    Route("GET", "/api/customers", "operator"),
    Route("POST", "/api/customers", "operator", {"json": {"slug": "initech"}}, expected=201),
    Route("GET", f"/api/customers/{NOBODYS}", "operator", expected=404),
    Route("PATCH", f"/api/customers/{NOBODYS}", "operator", {"json": {"name": "New"}}, expected=404),
    Route("DELETE", f"/api/customers/{NOBODYS}", "operator", expected=404),
]
SFTP_SOURCE = {
    "connection": {"type": "sftp", "host": "sftp.partner.example", "username": "acme"},
    "secrets": {"password": "x"},
}
SOURCES = [
    Route("GET", "/api/sources", "admin", {}, "params"),
    Route("POST", "/api/sources", "admin", {"json": SFTP_SOURCE}, "json", expected=201),
    Route("GET", f"/api/sources/{NOBODYS}", "admin", expected=404),
    Route("PATCH", f"/api/sources/{NOBODYS}", "admin", {"json": {"active": False}}, expected=404),
    Route("DELETE", f"/api/sources/{NOBODYS}", "admin", expected=404),
    Route("POST", f"/api/sources/{NOBODYS}/test", "admin", expected=404),
    Route("POST", f"/api/sources/{NOBODYS}/sync", "admin", expected=404),
]
ROUTES += SOURCES
HOOK = {"url": "https://approvals.example.com/hooks"}
WEBHOOKS = [
    Route("GET", "/api/webhooks", "admin", {}, "params"),
    Route("POST", "/api/webhooks", "admin", {"json": HOOK}, "json", expected=201),
    Route("GET", f"/api/webhooks/{NOBODYS}", "admin", expected=404),
    Route("PATCH", f"/api/webhooks/{NOBODYS}", "admin", {"json": {"active": False}}, expected=404),
    Route("DELETE", f"/api/webhooks/{NOBODYS}", "admin", expected=404),
    Route("POST", f"/api/webhooks/{NOBODYS}/rotate-secret", "admin", expected=404),
    Route("GET", f"/api/webhooks/{NOBODYS}/deliveries", "admin", expected=404),
    Route("POST", f"/api/webhooks/{NOBODYS}/deliveries/{NOBODYS}/replay", "admin", expected=404),
]
ROUTES += WEBHOOKS
DOCUMENTS = {
    (method, path, PUBLIC)
    for method in ("GET", "HEAD")
    for path in ("/api/docs/", "/api/docs/assets", "/api/docs/assets/")
}  # what is no document is 404 there
CLOSED = [route for route in ROUTES if route.scope]


@pytest.fixture(scope="module")
def others_client(shared_service: SharedService) -> Iterator[httpx.Client]:
    """The customer whose things nobody else may see."""
    key = create_key(shared_service.database, shared_service.customer.id, scopes=SCOPES)
    with client_with(shared_service.address, key) as opened:
        yield opened


@pytest.fixture(scope="module")
def others_data(shared_service: SharedService, others_client: httpx.Client) -> Customer:
    """It has a line, an import and a file."""
    add_line(shared_service.database, shared_service.customer.id, "Secretive/Plans", "777.77")
    rows = [["Department", "Fiscal Year", "Budget"], ["Secretive", "FY2025", 50000]]
    others_client.post("/api/excel/import", json={"rows": rows, "fileName": "secretive.csv"})
    others_client.post("/api/excel/analyze", files={"file": ("secretive.csv", CSV)})
    return shared_service.customer


@pytest.fixture
def stranger(shared_service: SharedService) -> Customer:
    """A customer of the test's own, so that what it makes is in nobody's way."""
    return create_customer(shared_service.database, f"c{uuid4().hex}")


@pytest.fixture
def client(shared_service: SharedService, stranger: Customer) -> Iterator[httpx.Client]:
    """The stranger's client, with every scope that there is."""
    with client_with(shared_service.address, create_key(shared_service.database, stranger.id, scopes=SCOPES)) as opened:
        yield opened


@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_a_customers_answer_shows_nothing_of_another(client: httpx.Client, others_data: Customer, route: Route) -> None:
    answer = route.sent_by(client)
    assert answer.status_code == route.expected
    shown = answer.text.replace(" of Secretive ", "")  # the caller's own words come back in a check
    assert str(others_data.id) not in shown
    assert "Plans" not in shown
    assert "secretive.csv" not in shown
    assert "777.77" not in shown


@pytest.mark.parametrize("route", [route for route in CLOSED if route.names_customer], ids=str)
def test_naming_another_customer_is_403_whether_it_exists_or_not(
    client: httpx.Client, stranger: Customer, others_data: Customer, route: Route
) -> None:
    foreign, unknown = route.sent_by(client, str(others_data.id)), route.sent_by(client, str(uuid4()))
    assert (foreign.status_code, unknown.status_code) == (403, 403)
    assert foreign.json() | {"requestId": ""} == unknown.json() | {"requestId": ""}
    assert route.sent_by(client, str(stranger.id)).status_code == route.expected


def test_another_customers_upload_is_not_found(
    client: httpx.Client, others_data: Customer, shared_service: SharedService
) -> None:
    with shared_service.database.tenant(others_data.id) as connection:
        row = connection.execute("SELECT sha256 FROM stored_file ORDER BY created_at DESC LIMIT 1").fetchone()
    assert row is not None
    assert client.post("/api/excel/import", json={"uploadId": row[0]}).status_code == 404


@pytest.mark.usefixtures("others_data")
@pytest.mark.parametrize("route", IMPORTS[1:], ids=str)
def test_another_customers_import_is_not_found(client: httpx.Client, others_client: httpx.Client, route: Route) -> None:
    (record,) = others_client.get("/api/imports/history").json()["imports"]
    assert replace(route, path=route.path.replace(NOBODYS, record["importId"])).sent_by(client).status_code == 404
    assert others_client.get("/api/imports/history").json()["imports"] == [record]


@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_an_operators_key_opens_nothing_of_a_customer_but_the_keys_that_it_names(
    shared_service: SharedService, route: Route
) -> None:
    with client_with(shared_service.address, create_operator_key(shared_service.database)) as operator:
        answer = route.sent_by(operator)
        named = route.sent_by(operator, str(shared_service.customer.id))
    if route in KEYS:
        assert (answer.status_code, named.status_code) == (400, route.expected)
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("route", OPERATORS, ids=str)
def test_what_is_for_operators_is_closed_to_every_customer(shared_service: SharedService, route: Route) -> None:
    key = create_key(shared_service.database, shared_service.customer.id, scopes=SCOPES)
    with client_with(shared_service.address, key) as client:
        assert route.sent_by(client).status_code == 403
    with client_with(shared_service.address, create_operator_key(shared_service.database)) as operator:
        assert route.sent_by(operator).status_code == route.expected
    with httpx.Client(base_url=shared_service.address, timeout=30) as nobody:
        assert route.sent_by(nobody).status_code == 401


@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_without_a_key_every_closed_route_is_401(shared_service: SharedService, route: Route) -> None:
    with httpx.Client(base_url=shared_service.address, timeout=30) as client:
        assert route.sent_by(client).status_code == 401


@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_a_key_with_every_scope_but_the_routes_own_is_403(shared_service: SharedService, route: Route) -> None:
    scopes = [scope for scope in SCOPES if scope != route.scope]
    key = create_key(shared_service.database, shared_service.customer.id, scopes=scopes)
    with client_with(shared_service.address, key) as client:
        assert route.sent_by(client).status_code == 403


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.scope], ids=str)
def test_a_public_route_needs_no_key(shared_service: SharedService, route: Route) -> None:
    with httpx.Client(base_url=shared_service.address, timeout=30) as client:
        assert route.sent_by(client).status_code == 200


def test_no_route_is_missing_in_this_table(settings: Settings) -> None:
    served = {
        (method, route.path, handler.opt.get("scope"))
        for route in create_app(settings).routes
        for handler in getattr(route, "route_handlers", ())
        for method in handler.http_methods
        if method != "OPTIONS" and not handler.opt.get(PAGE)
    }
    listed = {(route.method, route.path.partition(NOBODYS)[0], route.scope or PUBLIC) for route in ROUTES + OPERATORS}
    assert {(method, path.partition("{")[0], scope) for method, path, scope in served} - DOCUMENTS == listed
