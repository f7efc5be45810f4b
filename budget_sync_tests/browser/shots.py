"""``make shots``: each state of the pages as a picture, light, dark and on a narrow screen.

In: a folder. Out: WebP files there, ``<state>-<look>.webp``. It starts an installation of its own in a
temporary folder.
"""

import base64
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from api.app import create_app
from budget_sync.database import Database, migrate
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.engine import Engine
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.importing.options import IncomingFile
from budget_sync.settings import Settings
from budget_sync_tests.api.running import running
from budget_sync_tests.browser import files
from budget_sync_tests.browser.chromium import chromium, context_of, sign_in, upload
from budget_sync_tests.browser.files import SAMPLES
from budget_sync_tests.browser.office import furnish

_LOOKS = {"light": (1180, False), "dark": (1180, True), "narrow": (360, False)}
_TALLEST = 1500
_QUALITY = 60


@dataclass(frozen=True)
class Stage:
    """One look of one installation: where pictures go and under which ending."""

    page: Page
    address: str
    folder: Path
    look: str

    def shoot(self, state: str) -> None:
        """The page as it is, as high as it is, up to where a reader stops looking."""
        self.page.wait_for_load_state("networkidle")
        width = _LOOKS[self.look][0]
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": min(height, _TALLEST)})
        session = self.page.context.new_cdp_session(self.page)
        shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": _QUALITY})
        (self.folder / f"{state}-{self.look}.webp").write_bytes(base64.b64decode(shot["data"]))
        self.page.set_viewport_size({"width": width, "height": 900})

    def open(self, file: Path) -> None:
        """A file on its page of columns."""
        self.page.goto(f"{self.address}/fpa/import")
        upload(self.page, file)


def main(folder: Path) -> None:
    """All pictures, into this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), database_url=None)
        migrate(settings)
        with Database.open(settings) as database, running(create_app(settings)) as address, chromium() as browser:
            for look in _LOOKS:
                customer = create_customer(database, f"acme-{look}", "Acme Industries", currency="USD")
                _shoot_all(browser, database, customer, address, folder, look)


def _shoot_all(browser: Browser, database: Database, customer: Customer, address: str, folder: Path, look: str) -> None:
    width, dark = _LOOKS[look]
    page = context_of(browser, width=width, dark=dark).new_page()
    stage = Stage(page, address, folder, look)
    page.goto(f"{address}/sign-in")
    stage.shoot("sign-in")
    sign_in(page, address, create_key(database, customer.id, scopes=SCOPES, label="Jane Doe"))
    made = Path(tempfile.mkdtemp(dir=database.settings.home))
    for walk in (_columns, _question, _doubt, _preview, _not_found):
        walk(stage, made)
    silent = IncomingFile("partner.csv", files.without_period(made).read_bytes(), source_type="sftp")
    Engine(database).run(customer.id, silent)
    page.goto(f"{address}/fpa/import")
    stage.shoot("start")
    page.context.close()
    _shoot_office(browser, database, address, folder, look)


def _shoot_office(browser: Browser, database: Database, address: str, folder: Path, look: str) -> None:
    """The dashboard of a new customer; everything beside the mapper of one in the middle of a year."""
    width, dark = _LOOKS[look]
    new = create_customer(database, f"new-{look}", "Acme Industries")
    busy = create_customer(database, f"busy-{look}", "Acme Industries", currency="USD")
    for customer in (new, busy):
        page = context_of(browser, width=width, dark=dark).new_page()
        stage = Stage(page, address, folder, look)
        key = create_key(database, customer.id, scopes=SCOPES, label="Jane Doe")
        sign_in(page, address, key)
        states = {"dashboard-empty": "/dashboard"}
        if customer is busy:
            states = furnish(address, key, Engine(database), customer.id).states
        for state, path in states.items():
            page.goto(address + path)
            stage.shoot(state)
        page.context.close()


def _columns(stage: Stage, _: Path) -> None:
    stage.open(SAMPLES / "title_and_totals.csv")
    stage.shoot("columns")
    stage.open(SAMPLES / "wide_months.csv")
    stage.shoot("months")


def _question(stage: Stage, made: Path) -> None:
    stage.open(files.without_period(made))
    stage.shoot("question")


def _doubt(stage: Stage, _: Path) -> None:
    stage.open(SAMPLES / "payroll_sample.csv")
    stage.shoot("doubt")


def _preview(stage: Stage, made: Path) -> None:
    page = stage.page
    stage.open(files.bad_cells(made))
    _press(page, lambda: page.locator("#go").click())
    _press(page, lambda: page.locator("#import").click())
    changed = files.written(made, "corrections_2.csv", files.bad_cells(made).read_text().replace("5000", "5500"))
    stage.open(changed)
    _press(page, lambda: page.locator("#go").click())
    stage.shoot("preview")
    _press(page, lambda: page.locator("#import").click())
    stage.shoot("result")
    _press(page, lambda: page.get_by_role("link", name="Take it back").click())
    stage.shoot("undo")


def _not_found(stage: Stage, _: Path) -> None:
    stage.page.goto(f"{stage.address}/fpa/import/nothing")
    stage.shoot("not-found")


def _press(page: Page, press: Callable[[], None]) -> None:
    with page.expect_navigation():
        press()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
