"""One browser a module, one service for the session; each test has a customer of its own, and pages signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from budget_sync.database import Database
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.engine import Engine
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync_tests.api.running import running
from budget_sync_tests.browser.chromium import Complaints, chromium, context_of, sign_in
from budget_sync_tests.installations import installation

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for a module at a time: while it is open, its loop runs, and no other test could run one."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def service(postgres: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """The address of the service, and its database."""
    home = tmp_path_factory.mktemp("browser")
    with (
        installation(postgres, home) as settings,
        Database.open(settings) as database,
        running(create_app(settings)) as address,
    ):
        yield address, database


@pytest.fixture
def site(service: tuple[str, Database]) -> Site:
    """The service with a new customer and the key of a person who may do everything."""
    address, database = service
    customer = create_customer(database, f"acme-{uuid4().hex[:12]}", "Acme Industries")
    key = create_key(database, customer.id, scopes=SCOPES, label="Jane Doe")
    return Site(address, database, customer, Engine(database), key)


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
