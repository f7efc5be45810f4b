"""How quick the pages are once their answer is there, how soon they answer a press, and what they weigh.

A page is answered when the frame after an event is drawn; while it works, no time without a frame may be longer. Of
several rounds the quickest counts: what else runs on the machine only adds to it.
"""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Page, expect

from budget_sync_tests.browser import files
from budget_sync_tests.browser.chromium import upload
from budget_sync_tests.browser.conftest import OpenPage, Site
from budget_sync_tests.browser.files import SAMPLES
from budget_sync_tests.browser.office import furnish
from budget_sync_tests.browser.test_walks import load, preview
from budget_sync_tests.waiting import wait_until

_ROUNDS = 5
_PAINTED_WITHIN = 300  # milliseconds after the response
_ANSWERED_WITHIN = 100  # milliseconds after an event
_BESIDE_DATA = 60_000  # bytes
_WATCH = """() => {
    const seen = window.seen = {answers: [], still: 0, end: new AbortController()};
    const answer = (event) => requestAnimationFrame(() => setTimeout(() => {
        seen.answers.push(performance.now() - event.timeStamp);
    }, 0));
    for (const kind of ['click', 'keydown']) {
        addEventListener(kind, answer, {capture: true, signal: seen.end.signal});
    }
    let last = performance.now();
    const tick = () => {
        const now = performance.now();
        seen.still = Math.max(seen.still, now - last);
        last = now;
        if (!seen.end.signal.aborted) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
}"""
_SEEN = """() => {
    if (!window.seen.answers.length) return 0;
    window.seen.end.abort();
    return Math.max(window.seen.still, ...window.seen.answers);
}"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
_FIRST_PAINT = """() => performance.getEntriesByName('first-contentful-paint')[0].startTime
                        - performance.getEntriesByType('navigation')[0].responseEnd"""


def first_paint(page: Page) -> float:
    """Milliseconds from the end of the response to the first paint of the page, loaded anew."""
    page.reload()
    wait_until(lambda: bool(page.evaluate(_PAINTED)), "the first paint")  # the page's policy forbids waiting inside it
    milliseconds: float = page.evaluate(_FIRST_PAINT)
    return milliseconds


def answered(page: Page, press: Callable[[], None]) -> float:
    """Milliseconds that a person waited at most: for the frame after a press, or between two frames meanwhile."""
    page.evaluate(_WATCH)
    press()
    waited: list[float] = []

    def seen() -> bool:
        waited.append(page.evaluate(_SEEN))
        return waited[-1] > 0

    wait_until(seen, "the frame after the press")
    return waited[-1]


def quickest(page: Page, what: str, press: Callable[[], None], undo: Callable[[], object] = lambda: None) -> float:
    """The same, of the quickest round; ``undo`` makes ready for the next one."""
    found = []
    for _ in range(_ROUNDS):
        found.append(answered(page, press))
        undo()
    print(f"{what}: {min(found):.0f} ms")  # noqa: T201
    return min(found)


def test_the_mapper_with_200_columns_is_painted_at_once(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    upload(page, files.many_columns(tmp_path, 200))
    expect(page.locator("#grid thead th")).to_have_count(202)
    painted = min(first_paint(page) for _ in range(_ROUNDS))
    print(f"first paint {painted:.0f} ms after the response")  # noqa: T201
    assert painted < _PAINTED_WITHIN


def test_the_mapper_with_200_columns_answers_every_press_at_once(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    upload(page, files.many_columns(tmp_path, 200))
    left_out = page.locator("#columns details[id^=block] > summary")
    version = page.locator("[name=version]")

    keys = cycle(["ArrowUp", "ArrowDown"])

    def choose() -> None:
        before = version.input_value()
        page.locator("#field1").press(next(keys))
        wait_until(
            lambda: version.input_value() != before, "the page follows"
        )  # a role would be looked for in each cell

    def write() -> None:
        page.locator("#currency").press("E")
        page.locator("#currency").press("Backspace")

    reason = page.locator("#why0 summary")
    found = {
        "a reason is opened": quickest(page, "a reason", reason.click, page.reload),
        "the columns left out are opened": quickest(page, "the columns left out", left_out.click, page.reload),
        "a letter is written": quickest(page, "a letter", write),
        "a field is chosen, and the page follows": quickest(page, "a field", choose),
    }
    assert {what: took for what, took in found.items() if took >= _ANSWERED_WITHIN} == {}


def test_a_preview_of_a_thousand_changes_answers_every_press_at_once(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    upload(page, files.many_rows(tmp_path, 1_106))
    preview(page)
    more = page.locator("#more-changes > summary")
    expect(more).to_contain_text("970 more lines")
    took = quickest(page, "970 more changes", more.click, page.reload)
    more.click()
    expect(page.locator("#more-changes tbody tr")).to_have_count(970)
    assert took < _ANSWERED_WITHIN


def test_no_page_weighs_more_than_sixty_kilobytes_beside_the_data(open_page: OpenPage, site: Site) -> None:
    office = furnish(site.address, site.key, site.engine, site.customer.id)
    page = open_page()
    upload(page, SAMPLES / "7_minimal.csv")
    shown = [page.url]
    preview(page)
    shown.append(page.url)
    load(page)
    shown += [page.url, f"{page.url}/undo", *(site.address + path for path in ("/fpa/import", *office.pages))]
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    shared = sum(len(page.request.get(name).body()) for name in names if "/assets/" in name)
    weights = {url: len(page.request.get(url).body()) + shared for url in shown}
    print(shared, sorted(weights.values()))  # noqa: T201
    assert shared > 0
    assert {url: weight for url, weight in weights.items() if weight >= _BESIDE_DATA} == {}
