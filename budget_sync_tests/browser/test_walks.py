"""What finance people do in the mapper, with scripts and without: each walk ends where they wanted to be."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from budget_sync.importing.options import IncomingFile
from budget_sync_tests.browser import files
from budget_sync_tests.browser.chromium import upload
from budget_sync_tests.browser.conftest import SCRIPTS, OpenPage, Site
from budget_sync_tests.browser.files import SAMPLES

PREVIEW, IMPORT = re.compile("/preview$"), re.compile("/imports/")


def choose(page: Page, selector: str, label: str) -> None:
    """Choose a field; without scripts the button sends it."""
    version = page.locator("[name=version]").input_value()
    page.locator(selector).select_option(label=label)
    settle(page, version)


def settle(page: Page, version: str) -> None:
    """Wait until the page shows a later version; without scripts press Apply for it."""
    button = page.get_by_role("button", name="Apply", exact=True)
    if button.is_visible():
        button.click()
    expect(page.locator("[name=version]")).not_to_have_value(version)


def preview(page: Page) -> None:
    """On to the preview."""
    page.get_by_role("button", name="Preview", exact=True).click()
    page.wait_for_url(PREVIEW)


def load(page: Page) -> None:
    """Import what is previewed."""
    page.get_by_role("button", name=re.compile("^Import ")).click()
    page.wait_for_url(IMPORT)


def total_of(site: Site) -> Decimal:
    """The sum of all lines that stand."""
    with site.database.tenant(site.customer.id) as connection:
        row = connection.execute("SELECT sum(budgeted_amount) FROM budget WHERE deleted_at IS NULL").fetchone()
    assert row is not None
    return Decimal(row[0] or 0)


@SCRIPTS
def test_a_budget_is_mapped_corrected_previewed_imported_and_taken_back(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.bad_cells(tmp_path))
    expect(page.get_by_role("heading", level=1)).to_have_text("corrections.csv")
    choose(page, "#field0", "Category")
    expect(page.get_by_text("Which department is this budget for?").first).to_be_visible()
    choose(page, "#field0", "Department")
    expect(page.locator("tr", has=page.locator("#field0"))).to_contain_text("your choice")
    preview(page)
    expect(page.get_by_text("One row is rejected")).to_be_visible()
    page.locator("#cell4-2").fill("4000")
    if scripts:
        page.locator("#cell4-2").press("Tab")
    else:
        page.get_by_role("button", name="Apply corrections").click()
    expect(page.get_by_text("One row is rejected")).to_be_hidden()
    assert total_of(site) == 0
    load(page)
    assert total_of(site) == 55_000
    page.get_by_role("link", name="Take it back").click()
    expect(page.get_by_text("10 lines that it made go away.")).to_be_visible()
    assert total_of(site) == 55_000
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("This took an import back")).to_be_visible()
    assert total_of(site) == 0


@SCRIPTS
def test_a_payroll_is_warned_of_and_loaded_only_when_a_person_insists(
    open_page: OpenPage, site: Site, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, SAMPLES / "payroll_sample.csv")
    expect(page.get_by_role("alert")).to_contain_text("This looks like a payroll, not a budget")
    expect(page.get_by_role("alert")).to_contain_text("words of a payroll")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("Something is still open")).to_be_visible()
    page.get_by_role("button", name="It is a budget, go on").click()
    expect(page.get_by_text("This looks like a payroll")).to_be_hidden()
    preview(page)
    assert total_of(site) == 0
    load(page)
    assert total_of(site) > 0
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("This took an import back")).to_be_visible()
    assert total_of(site) == 0


@SCRIPTS
def test_a_file_that_is_no_budget_after_all_is_discarded(open_page: OpenPage, site: Site, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    upload(page, SAMPLES / "payroll_sample.csv")
    page.get_by_role("button", name="Discard the file").click()
    page.wait_for_url("**/fpa/import")
    expect(page.get_by_text("not imported yet")).to_be_hidden()
    assert total_of(site) == 0


@SCRIPTS
def test_months_side_by_side_are_one_block_with_their_periods(open_page: OpenPage, site: Site, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    upload(page, SAMPLES / "wide_months.csv")
    block = page.locator("tr.block")
    expect(block).to_contain_text("12 amount columns")
    expect(block).to_contain_text("2026-12")
    page.get_by_text("Look at each of them").click()
    december = page.locator(".member", has_text="Dec 2026")
    expect(december.locator("code").first).to_have_text("34000")
    december.get_by_text("Why?").click()
    expect(december).to_contain_text("its header names a period")
    preview(page)
    load(page)
    assert total_of(site) == Decimal(2958200)


@SCRIPTS
def test_a_question_says_what_each_answer_changes_and_goes_once_it_is_answered(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.two_amounts(tmp_path))
    question = page.locator(".question", has_text="Which column holds the budget?")
    other = question.get_by_role("button", name="Amount B")
    expect(other).to_contain_text("the total is 105.0 higher")
    other.click()
    expect(question).to_be_hidden()
    preview(page)
    load(page)
    assert total_of(site) == Decimal("1710.5")


@SCRIPTS
def test_the_period_that_nothing_says_is_asked_for_and_kept(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.without_period(tmp_path))
    page.locator("#ask-period").fill("some day")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("alert")).to_contain_text("“some day” is no period")
    page.locator("#ask-period").fill("FY2026")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#ask-period")).to_be_hidden()
    preview(page)
    load(page)
    assert total_of(site) == 36_000


@SCRIPTS
def test_what_is_written_beside_a_question_is_taken_along_to_the_preview(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.without_period(tmp_path))
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("Something is still open")).to_be_visible()
    page.locator("#ask-period").fill("FY2026")
    preview(page)
    load(page)
    assert total_of(site) == 36_000


@SCRIPTS
def test_what_was_said_of_an_earlier_file_is_one_press_for_the_next_and_needs_no_preview(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.without_period(tmp_path))
    page.locator("#ask-period").fill("FY2031")
    preview(page)
    load(page)
    page.goto(f"{site.address}/fpa/import")
    upload(page, files.two_amounts(tmp_path, "plans.csv"))
    page.get_by_role("button", name="Amount B").click()
    page.get_by_role("button", name="FY2031").click()
    page.get_by_role("button", name="Import without a preview").click()
    page.wait_for_url(IMPORT)
    assert total_of(site) == 36_000 + Decimal("1710.5")


@SCRIPTS
def test_rows_that_name_no_department_get_one_on_the_preview(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    rows = "".join(f"{f'Team {n}' if n > 4 else ''},Item {n},{1000 * n}\n" for n in range(1, 11))
    upload(page, files.written(tmp_path, "budget_2026.csv", f"Department,Category,Budget\n{rows}"))
    preview(page)
    expect(page.get_by_text("It cannot be imported like this")).to_be_visible()
    page.get_by_label("Some rows name no department").fill("Staff")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_text("It cannot be imported like this")).to_be_hidden()
    load(page)
    assert total_of(site) == 55_000


@SCRIPTS
def test_another_sheet_and_another_header_are_one_click_each(open_page: OpenPage, site: Site, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    upload(page, SAMPLES / "two_sheets.xlsx")
    sheets = page.get_by_role("group", name="Sheets").get_by_role("button")
    chosen = page.locator(".sheets [aria-pressed=true]").inner_text()
    other = next(sheet for sheet in sheets.all() if sheet.get_attribute("aria-pressed") is None)
    name = other.inner_text()
    other.click()
    expect(page.locator(".sheets [aria-pressed=true]")).to_have_text(name)
    page.locator("#row2").click()
    expect(page.locator(".pick[aria-pressed=true]")).to_contain_text("3")
    sheets.get_by_text(chosen, exact=True).click()
    expect(page.locator(".sheets [aria-pressed=true]")).to_have_text(chosen)
    preview(page)
    load(page)
    assert total_of(site) > 0


@SCRIPTS
def test_another_layout_is_one_click_and_what_the_title_says_can_be_overruled(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    rows = "".join(f"Item {n},{n}0,{n}1,{n}2\n" for n in range(1, 7))
    text = f"Department: Sales,,,\nBudget 2026 in EUR,,,\nCategory,January,February,March\n{rows}"
    upload(page, files.written(tmp_path, "plan.csv", text))
    layouts = page.get_by_role("group", name="Layout")
    expect(layouts.locator("[aria-pressed=true]")).to_have_text("Months side by side")
    layouts.get_by_role("button", name="One amount a row").click()
    expect(layouts.locator("[aria-pressed=true]")).to_have_text("One amount a row")
    layouts.get_by_role("button", name="Months side by side").click()
    expect(layouts.locator("[aria-pressed=true]")).to_have_text("Months side by side")
    expect(page.get_by_label("Department", exact=True)).to_have_value("Sales")
    for label, written in {"Department": "Legal", "Currency": "CHF"}.items():
        version = page.locator("[name=version]").input_value()
        page.get_by_label(label, exact=True).fill(written)
        page.get_by_label(label, exact=True).press("Tab")
        settle(page, version)
    preview(page)
    expect(page.get_by_role("rowheader", name="Legal").first).to_be_visible()
    expect(page.get_by_text("CHF").first).to_be_visible()
    load(page)
    assert total_of(site) == sum(n * 30 + 3 for n in range(1, 7))


@SCRIPTS
def test_a_partners_file_that_waits_is_reviewed_in_the_same_page(
    open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool
) -> None:
    content = files.without_period(tmp_path).read_bytes()
    waiting = site.engine.run(site.customer.id, IncomingFile("partner.csv", content, source_type="sftp"))
    page = open_page(scripts=scripts)
    expect(page.get_by_text("One file waits for you")).to_be_visible()
    page.get_by_role("button", name="Review").click()
    page.locator("#ask-period").fill("FY2027")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#ask-period")).to_be_hidden()
    preview(page)
    assert site.engine.get(site.customer.id, waiting.import_id).status == "needs_review"
    load(page)
    assert page.url.endswith(str(waiting.import_id))
    expect(page.get_by_text("Confirmed")).to_be_visible()
    assert total_of(site) == 36_000


@SCRIPTS
def test_several_files_become_a_list_and_a_broken_one_hinders_none(
    open_page: OpenPage, tmp_path: Path, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    broken = files.written(tmp_path, "broken.pdf", "%PDF-1.7 no table")
    if scripts:
        page.locator("#files").set_input_files([SAMPLES / "7_minimal.csv", broken])
        expect(page.locator(".uploads .problem")).to_contain_text("PDF")
        page.reload()
    else:
        upload(page, SAMPLES / "7_minimal.csv", broken)
        expect(page.get_by_role("alert")).to_contain_text("PDF")
    expect(page.get_by_text("One file is not imported yet")).to_be_visible()
    upload(page, SAMPLES / "7_minimal.csv", SAMPLES / "wide_years.csv")
    expect(page.get_by_text("3 files are not imported yet")).to_be_visible()


def test_a_file_that_is_dropped_shows_its_progress_and_leads_to_its_page(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    held: list[Route] = []
    page.route(
        "**/fpa/import", lambda route: held.append(route) if route.request.method == "POST" else route.fallback()
    )
    dropped = page.evaluate_handle(
        "([name, text]) => { const it = new DataTransfer(); it.items.add(new File([text], name)); return it; }",
        ["plan.csv", files.two_amounts(tmp_path).read_text()],
    )
    page.dispatch_event("[data-drop]", "dragenter", {"dataTransfer": dropped})
    expect(page.locator("[data-drop].over")).to_be_visible()
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    expect(page.get_by_role("progressbar", name="Uploading plan.csv")).to_be_visible()
    with page.expect_navigation():
        held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("plan.csv")


@SCRIPTS
def test_what_is_certain_may_be_loaded_at_once(open_page: OpenPage, site: Site, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto(f"{site.address}/test-sync")
    expect(page.get_by_label("Load at once")).to_be_checked()
    upload(page, SAMPLES / "1_standard_format.csv")
    page.wait_for_url(IMPORT)
    expect(page.get_by_text("Imported", exact=True).first).to_be_visible()
    assert total_of(site) > 0


@SCRIPTS
def test_fifty_thousand_rows_go_the_whole_way(open_page: OpenPage, site: Site, tmp_path: Path, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    upload(page, files.many_rows(tmp_path, 50_000))
    preview(page)
    expect(page.get_by_role("button", name="Import 50,000 changes")).to_be_visible()
    load(page)
    assert total_of(site) == sum(range(1, 50_001))


@pytest.mark.parametrize("word", ["Import a budget", "Budget importieren"])
def test_the_pages_speak_the_language_that_was_chosen(open_page: OpenPage, word: str) -> None:
    page = open_page(scripts=False)
    if word.startswith("Budget"):
        page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(word)


def test_what_the_program_says_of_a_file_is_german_on_german_pages(
    open_page: OpenPage, site: Site, tmp_path: Path
) -> None:
    page = open_page()
    page.get_by_role("button", name="Deutsch").click()
    upload(page, SAMPLES / "payroll_sample.csv")
    expect(page.get_by_role("alert")).to_contain_text("Wörter für eine Gehaltsliste")
    page.goto(f"{site.address}/fpa/import")
    upload(page, files.two_amounts(tmp_path))
    expect(page.get_by_role("button", name="Amount B")).to_contain_text("die Summe ist um 105,0 höher")
    page.locator("#why0 summary").click()
    expect(page.locator("#why0")).to_contain_text("heißt 'Department'")
