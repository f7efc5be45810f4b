"""What holds for each state of the mapper: accessible, safe with hostile files, fit for a narrow screen."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from budget_sync.importing.options import IncomingFile
from budget_sync_tests.browser import files
from budget_sync_tests.browser.chromium import upload
from budget_sync_tests.browser.conftest import SCRIPTS, OpenPage, Site
from budget_sync_tests.browser.files import SAMPLES
from budget_sync_tests.browser.test_walks import load, preview

_GRAVE = ("serious", "critical")
_SCRIPT = "<script>alert(1)</script>"


def grave_findings(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page, in what opens on demand, too."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in _GRAVE]


def states(page: Page, site: Site, folder: Path) -> list[str]:
    """Walks through every state of the mapper; what axe finds in any of them."""
    found = grave_findings(page)
    waiting = site.engine.run(
        site.customer.id, IncomingFile("partner.csv", files.without_period(folder).read_bytes(), source_type="sftp")
    )
    page.goto(f"{site.address}/fpa/import/imports/{waiting.import_id}")
    found += grave_findings(page)
    for sample in ("wide_months.csv", "two_sheets.xlsx"):
        page.goto(f"{site.address}/fpa/import")
        upload(page, SAMPLES / sample)
        found += grave_findings(page)
    page.goto(f"{site.address}/fpa/import")
    found += grave_findings(page)
    upload(page, SAMPLES / "payroll_sample.csv")
    found += grave_findings(page)
    page.goto(f"{site.address}/fpa/import")
    upload(page, files.without_period(folder))
    found += grave_findings(page)
    page.goto(f"{site.address}/fpa/import")
    upload(page, SAMPLES / "rows_with_errors.csv")
    preview(page)
    found += grave_findings(page)
    load(page)
    found += grave_findings(page)
    page.get_by_role("link", name="Take it back").click()
    found += grave_findings(page)
    page.goto(f"{site.address}/fpa/import/nothing")
    return found + grave_findings(page)


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (False, 360)])
def test_axe_finds_nothing_serious_in_any_state(
    open_page: OpenPage, site: Site, tmp_path: Path, dark: bool, width: int
) -> None:
    assert states(open_page(dark=dark, width=width), site, tmp_path) == []


def test_nothing_is_wider_than_a_narrow_screen(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360)
    for name in ("wide_months.csv", "title_and_totals.csv", "rows_with_errors.csv"):
        page.goto(f"{site.address}/fpa/import")
        upload(page, SAMPLES / name)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        preview(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360


@SCRIPTS
def test_a_file_whose_name_sheet_headers_and_cells_are_script_shows_them_as_text(
    open_page: OpenPage, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    page.on("dialog", lambda dialog: pytest.fail(f"A script ran: {dialog.message}"))
    upload(page, files.hostile_workbook(tmp_path, _SCRIPT))
    expect(page.locator("tr.is-line").first).to_contain_text(_SCRIPT)
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(3)>")
    preview(page)
    expect(page.locator("main")).to_contain_text(_SCRIPT)
    load(page)
    page.goto(page.url.partition("/imports/")[0])
    expect(page.locator("main")).to_contain_text("<img src=x onerror=alert(3)>")
    assert page.locator("main img, main script").count() == 0


@SCRIPTS
def test_the_keyboard_alone_leads_from_the_choice_of_a_file_to_the_import(
    open_page: OpenPage, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    page.on("filechooser", lambda _: None)  # the driver has long been told of dialogs when the first one opens
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#files"))
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    with page.expect_navigation():
        choosing.value.set_files(files.bad_cells(tmp_path))
        if not scripts:
            tab_to(page, page.get_by_role("button", name="Upload", exact=True))
            page.keyboard.press("Enter")
    for name in ("Preview", "Import 9 changes"):
        tab_to(page, page.get_by_role("button", name=name, exact=True))
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.get_by_text("Imported in part").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_what_has_the_focus_is_never_hidden_behind_what_sticks_to_the_screen(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)
    upload(page, SAMPLES / "wide_months.csv")
    page.locator("main").focus()
    for _ in page.locator(_CONTROLS).all():
        page.keyboard.press("Tab")
        hidden = page.evaluate(_HIDDEN)
        assert hidden is None, hidden


_CONTROLS = "main :is(a, button:not(.unseen), input:not([type=hidden]), select, summary, [tabindex='0']):visible"
_HIDDEN = """() => {
    const focused = document.activeElement, bar = document.querySelector('.go');
    const [mine, its] = [focused.getBoundingClientRect(), bar.getBoundingClientRect()];
    return bar.contains(focused) || mine.bottom <= its.top || mine.height > its.top ? null : focused.outerHTML;
}"""


def tab_to(page: Page, control: Locator) -> None:
    """Press Tab until the control has the focus, which must be seen."""
    expect(control).to_be_visible()
    for _ in range(120):
        if control.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(control).to_be_focused()
    assert control.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
