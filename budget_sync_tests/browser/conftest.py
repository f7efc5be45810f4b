"""One browser for the session; for each test a service with a database of its own, and pages that are signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.engine import Engine
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.settings import Settings
from budget_sync_tests.api.running import running
from budget_sync_tests.browser.chromium import Complaints, chromium, context_of, sign_in

_PATIENCE = 60_000  # milliseconds; two cores are shared with every other suite
expect.set_options(timeout=_PATIENCE)
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@dataclass(frozen=True)
class Site:
    """A running service and what stands behind it."""

    address: str
    database: Database
    customer: Customer
    engine: Engine
    key: str


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(settings: Settings, database: Database, customer: Customer) -> Iterator[Site]:
    """The service with a customer and the key of a person who may do everything."""
    key = create_key(database, customer.id, scopes=SCOPES, label="Jane Doe")
    with running(create_app(settings)) as address:
        yield Site(address, database, customer, Engine(database), key)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Opens a page that is signed in; at the end the browser must have complained of nothing."""
    contexts, complaints = [], Complaints()

    def opened(*, scripts: bool = True, width: int = 1280, dark: bool = False, signed_in: bool = True) -> Page:
        context = context_of(browser, scripts=scripts, width=width, dark=dark)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        complaints.watch(page)
        if signed_in:
            sign_in(page, site.address, site.key)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
