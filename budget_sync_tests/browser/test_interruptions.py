"""What comes between: a session that ends, a second tab, the back button. Nothing is lost or done twice."""

import re
from pathlib import Path

from playwright.sync_api import Route, expect

from budget_sync.importing.keys import create_key, list_keys, revoke_key
from budget_sync_tests.browser import files
from budget_sync_tests.browser.chromium import upload
from budget_sync_tests.browser.conftest import SCRIPTS, OpenPage, Site
from budget_sync_tests.browser.test_walks import IMPORT, load, preview, settle, total_of
from budget_sync_tests.waiting import wait_until


@SCRIPTS
def test_a_session_that_ends_in_the_middle_loses_nothing(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.without_period(tmp_path))
    for key in list_keys(site.database, site.customer.id):
        revoke_key(site.database, site.customer.id, key.key_id)
    wait_until(lambda: page.request.get(site.address + "/fpa/import").status == 401, "the session ends", seconds=5)
    page.locator("#ask-period").fill("FY2026")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your session has ended")
    page.get_by_label("API key").fill(create_key(site.database, site.customer.id))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#ask-period")).to_be_hidden()
    preview(page)
    load(page)
    assert total_of(site) == 36_000


def test_what_is_typed_while_an_answer_is_on_its_way_is_not_undone_by_it(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    upload(page, files.without_period(tmp_path))
    version = page.locator("[name=version]").input_value()
    held: list[Route] = []
    page.route(page.url, lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request(page.url):
        page.locator("#rows").select_option("good")
    page.locator("#ask-period").fill("FY2029")
    held[0].continue_()
    settle(page, version)
    expect(page.locator("#ask-period")).to_have_value("FY2029")
    page.locator("#ask-period").press("Tab")
    expect(page.locator("#ask-period")).to_be_hidden()
    expect(page.get_by_label("Period", exact=True)).to_have_value("FY2029")


@SCRIPTS
def test_a_second_tab_does_not_undo_what_the_first_one_chose(
    open_page: OpenPage, tmp_path: Path, scripts: bool
) -> None:
    first = open_page(scripts=scripts)
    upload(first, files.bad_cells(tmp_path))
    second = first.context.new_page()
    second.goto(first.url)
    version = first.locator("[name=version]").input_value()
    first.locator("#rows").select_option("good")
    settle(first, version)
    second.locator("#mode").select_option("append")
    if not scripts:
        second.get_by_role("button", name="Apply", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("changed in another tab")
    expect(second.locator("#rows")).to_have_value("good")
    expect(second.locator("#mode")).to_have_value("upsert")


@SCRIPTS
def test_a_preview_that_another_tab_made_old_is_not_loaded(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.bad_cells(tmp_path))
    preview(page)
    other = page.context.new_page()
    other.goto(page.url.removesuffix("/preview"))
    version = other.locator("[name=version]").input_value()
    other.locator("#mode").select_option("append")
    settle(other, version)
    page.get_by_role("button", name=re.compile("^Import ")).click()
    expect(page.get_by_text("changed in another tab")).to_be_visible()
    assert total_of(site) == 0


@SCRIPTS
def test_the_back_button_leads_back_and_a_second_import_to_the_first(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.bad_cells(tmp_path))
    preview(page)
    page.go_back()
    expect(page.get_by_role("heading", name="What each column is")).to_be_visible()
    page.go_forward()
    load(page)
    loaded, total = page.url, total_of(site)
    page.go_back()
    page.reload()
    page.wait_for_url(IMPORT)
    assert page.url == loaded
    assert total_of(site) == total
