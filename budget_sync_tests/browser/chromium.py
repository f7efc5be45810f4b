"""Debian's Chromium, driven by Playwright, and what it complains of while it shows our pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

_FLAGS = [
    "--no-sandbox",  # tests run as root
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser for the time of a block; the test is skipped where Debian's package is missing."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Complaints(list[str]):
    """What the browser said of a page: refused by the policy, failed scripts, files that are not there."""

    def watch(self, page: Page) -> None:
        """Hear everything that this page's console says from now on."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.append(f"error: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:  # we answer with statuses
            self.append(f"{message.type}: {message.text}")


def sign_in(page: Page, address: str, key: str) -> None:
    """Sign in by the form."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("API key").fill(key)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/fpa/import")


def upload(page: Page, *files: Path) -> None:
    """Choose files on the start page and send them, with scripts or without; it ends on the page that shows them."""
    with page.expect_navigation():
        page.locator("#files").set_input_files(files)
        button = page.get_by_role("button", name="Upload", exact=True)
        if button.is_visible():
            button.click()
    page.wait_for_load_state()


def context_of(browser: Browser, *, scripts: bool = True, width: int = 1280, dark: bool = False) -> BrowserContext:
    """A browser that has not been here, in English."""
    return browser.new_context(
        java_script_enabled=scripts,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        timezone_id="Europe/London",
        accept_downloads=True,
    )
