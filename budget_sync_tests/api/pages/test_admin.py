"""The pages of the administration: keys and rules as forms, closed to keys that do not administer."""

import html
import re

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.pages.browsing import browser, form_of, sign_in


@pytest.fixture
def administrator(service: str, database: Database, customer: Customer) -> httpx.Client:
    """A signed-in browser whose key administers."""
    client = browser(service)
    sign_in(client, create_key(database, customer.id, scopes=("admin", "check")))
    return client


def shown(page: httpx.Response, status: int = 200) -> str:
    """The text of a page as one reads it."""
    assert page.status_code == status, page.text
    return html.unescape(page.text)


def make_key(client: httpx.Client, scopes: list[str], **members: str) -> httpx.Response:
    """The page after the form for a new key was sent."""
    token = form_of(client.get("/admin/keys"), "/admin/keys")["csrf"]
    return client.post("/admin/keys", data={"csrf": token, "scopes": scopes, **members})


def test_a_new_key_is_shown_once_and_opens_what_it_says(administrator: httpx.Client, service: str) -> None:
    page = shown(make_key(administrator, ["check", "read"], label="Approval tool"))
    found = re.search(r"bsk_[0-9a-f]{12}_[0-9a-f]{40,}", page)
    assert found is not None
    key = found[0]
    assert httpx.get(f"{service}/api/budgets", headers={"X-API-Key": key}).status_code == 200
    again = shown(administrator.get("/admin/keys"))
    assert key not in again
    assert "Approval tool" in again


def test_a_revoked_key_is_refused_and_stays_in_the_list(administrator: httpx.Client, service: str) -> None:
    page = shown(make_key(administrator, ["read"]))
    key = re.search(r"bsk_[0-9a-f]{12}_[0-9a-f]{40,}", page)[0]  # type: ignore[index]
    path = re.search(r"/admin/keys/[0-9a-f-]{36}/revoke", page)[0]  # type: ignore[index]
    assert administrator.post(path, data=form_of(administrator.get("/admin/keys"), path)).status_code == 303
    assert httpx.get(f"{service}/api/budgets", headers={"X-API-Key": key}).status_code == 401
    assert "revoked" in shown(administrator.get("/admin/keys"))


@pytest.mark.parametrize(
    ("scopes", "members"),
    [([], {}), (["operator"], {}), (["read"], {"until": "2001-01-01"}), (["read"], {"until": "x"})],
)
def test_a_key_that_cannot_be_is_refused_with_the_reason(
    administrator: httpx.Client, scopes: list[str], members: dict[str, str]
) -> None:
    page = shown(make_key(administrator, scopes, label="Approval tool", **members), 400)
    assert "This was refused" in page
    assert 'value="Approval tool"' in page
    assert ('value="read" checked' in page) == (scopes == ["read"])


def test_a_rule_is_made_changed_and_deleted(administrator: httpx.Client) -> None:
    form = form_of(administrator.get("/admin/rules"), "/admin/rules")
    asked = {"department": "Eng", "autoApprovalThreshold": "750.50", "utilizationLimit": "80", "whenExceeded": "warn"}
    assert administrator.post("/admin/rules", data=form | asked).status_code == 303
    page = administrator.get("/admin/rules")
    path = re.search(r"/admin/rules/[0-9a-f-]{36}", page.text)[0]  # type: ignore[index]
    change = form_of(page, path) | {"autoApprovalThreshold": "900", "whenExceeded": "stop"}
    assert administrator.post(path, data=change).status_code == 303
    now = administrator.get("/admin/rules")
    assert 'value="900"' in shown(now)
    stale = administrator.post(path, data=change)
    assert "Somebody changed this rule" in shown(stale, 412)
    assert administrator.post(f"{path}/delete", data=form_of(now, path)).status_code == 303
    assert "There are no rules yet" in shown(administrator.get("/admin/rules"))


def test_a_threshold_that_is_no_number_is_refused(administrator: httpx.Client) -> None:
    form = form_of(administrator.get("/admin/rules"), "/admin/rules")
    asked = {"autoApprovalThreshold": "a lot", "utilizationLimit": "80", "whenExceeded": "warn"}
    page = shown(administrator.post("/admin/rules", data=form | asked), 400)
    assert "This was refused" in page
    assert 'value="a lot"' in page


@pytest.mark.parametrize("path", ["/admin/keys", "/admin/rules"])
def test_who_does_not_administer_sees_nothing_of_it(signed_in: httpx.Client, path: str) -> None:
    assert signed_in.get(path).status_code == 403
    assert "Administration" not in shown(signed_in.get("/dashboard"))
