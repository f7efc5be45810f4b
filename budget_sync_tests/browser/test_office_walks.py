"""From a year down to the import that an amount came from, and a purchase from the question to its end."""

import re

from playwright.sync_api import expect

from budget_sync_tests.browser.conftest import SCRIPTS, OpenPage, Site
from budget_sync_tests.browser.office import furnish


@SCRIPTS
def test_a_purchase_is_asked_for_held_ordered_paid_and_closed(open_page: OpenPage, site: Site, scripts: bool) -> None:
    furnish(site.address, site.key, site.engine, site.customer.id)
    page = open_page(scripts=scripts)
    page.goto(f"{site.address}/budget-check")
    asked = {"Department": "Finance", "Sub-category": "Audit", "Fiscal period": "FY2026-Q3", "Amount": "1500.25"}
    for label, text in asked.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".notice.good")).to_contain_text("1,500.25 EUR fits")
    page.get_by_role("button", name="Reserve").click()
    expect(page.locator(".badge").first).to_have_text("reserved")
    for call, amount, state in (("Commit", "1500", "partly committed"), ("Spend", "900", "partly spent")):
        move = page.locator(".move", has=page.get_by_role("button", name=call))
        move.get_by_label("Amount").fill(amount)
        move.get_by_role("button", name=call).click()
        expect(page.locator(".badge").first).to_have_text(state)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".badge").first).to_have_text("spent")
    with site.database.tenant(site.customer.id) as session:
        balances = "SELECT reserved_amount, committed_amount, actual_spent FROM budget WHERE sub_category = 'Audit'"
        found = session.execute(f"{balances} AND fiscal_period = 'FY2026-Q3'").fetchone()
    assert found == (0, 900, 900)


@SCRIPTS
def test_a_year_leads_to_a_department_a_line_and_the_import_it_came_from(
    open_page: OpenPage, site: Site, scripts: bool
) -> None:
    furnish(site.address, site.key, site.engine, site.customer.id)
    page = open_page(scripts=scripts)
    page.goto(f"{site.address}/dashboard")
    expect(page.get_by_role("heading", level=1)).to_have_text("Budget FY2026")
    page.get_by_role("rowheader", name="Marketing").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marketing")
    page.get_by_role("table", name="Lines").get_by_role("link", name="Advertising").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Advertising")
    page.get_by_role("link", name="plan_2026.csv").click()
    page.wait_for_url(re.compile("/fpa/import/imports/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("plan_2026.csv")


@SCRIPTS
def test_the_table_beneath_a_picture_is_put_in_order_and_stays_open(
    open_page: OpenPage, site: Site, scripts: bool
) -> None:
    furnish(site.address, site.key, site.engine, site.customer.id)
    page = open_page(scripts=scripts)
    page.goto(f"{site.address}/dashboard")
    beneath = page.locator("#periods")
    beneath.get_by_text("As a table").click()
    expect(beneath.get_by_role("rowheader").first).to_have_text("FY2026-Q1")
    for sort in ("ascending", "descending"):
        beneath.get_by_role("link", name="Available").click()
        expect(beneath.get_by_role("columnheader", name="Available")).to_have_attribute("aria-sort", sort)
    expect(beneath.get_by_role("rowheader").last).to_have_text("FY2026-Q1")


@SCRIPTS
def test_a_rule_is_deleted_once_it_was_said_what_that_means(open_page: OpenPage, site: Site, scripts: bool) -> None:
    furnish(site.address, site.key, site.engine, site.customer.id)
    page = open_page(scripts=scripts)
    page.goto(f"{site.address}/admin/rules")
    rules = page.locator(".card", has=page.locator(".sure"))
    count = rules.count()
    rule = rules.filter(has=page.get_by_role("heading", name="Marketing"))
    delete = rule.get_by_role("button", name="Delete")
    expect(delete).to_be_hidden()
    rule.locator("summary").click()
    expect(rule.locator(".sure p")).to_be_visible()
    expect(rules).to_have_count(count)
    delete.click()
    expect(rules).to_have_count(count - 1)
    expect(page.get_by_role("heading", name="Marketing")).to_have_count(0)
