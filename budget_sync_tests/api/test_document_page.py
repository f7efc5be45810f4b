"""The page of the OpenAPI document in a real browser: it shows the routes, and loads nothing from elsewhere."""

from budget_sync_tests.api.running import SharedService
from budget_sync_tests.browser.chromium import Complaints, chromium


def test_the_page_shows_the_routes_under_its_own_policy(shared_service: SharedService) -> None:
    asked: list[str] = []
    complaints = Complaints()
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        complaints.watch(page)
        page.goto(f"{shared_service.address}/api/docs")
        page.locator('[data-path="/api/budget/check"]').wait_for(timeout=60_000)
        routes = page.locator(".opblock-summary-path").count()
    assert routes > 40
    assert [url for url in asked if not url.startswith((shared_service.address, "data:"))] == []
    assert complaints == []
