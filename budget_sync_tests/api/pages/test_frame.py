"""What every page has: its policy, forms that only we can send, errors for people, languages, files to keep."""

import re

import httpx
import pytest

from api.app import create_app
from api.authentication import PAGE, PUBLIC
from api.pages.texts import Language, preferred_language, read_catalogue
from budget_sync.settings import Settings
from budget_sync_tests.api.pages.browsing import HTML, browser, form_of
from budget_sync_tests.api.running import SharedService

_PLACES = re.compile(r"{[^}]*}")


@pytest.mark.parametrize("path", ["/sign-in", "/fpa/import", "/nothing", "/api/nothing"])
def test_every_page_has_the_policy_whatever_its_status(shared_service: SharedService, path: str) -> None:
    with browser(shared_service.address) as client:
        answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert " style=" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_program_gets_a_problem_document_where_a_browser_gets_a_page(shared_service: SharedService) -> None:
    with httpx.Client(base_url=shared_service.address) as client:
        for method, path, status in (
            ("GET", "/nothing", 404),
            ("DELETE", "/sign-in", 405),
            ("GET", "/fpa/import", 401),
        ):
            program, person = client.request(method, path), client.request(method, path, headers=HTML)
            assert (program.status_code, person.status_code) == (status, status)
            assert program.headers["content-type"] == "application/problem+json"
            assert person.headers["content-type"] == "text/html; charset=utf-8"


def test_a_form_without_its_token_does_nothing(signed_in: httpx.Client) -> None:
    assert signed_in.post("/sign-out", data={}, headers={"Content-Type": "text/plain"}).status_code == 403
    assert signed_in.get("/fpa/import").status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}], ids=str
)
def test_a_form_of_another_site_does_nothing_even_with_a_token(
    signed_in: httpx.Client, headers: dict[str, str]
) -> None:
    members = form_of(signed_in.get("/fpa/import"), "/sign-out")
    assert signed_in.post("/sign-out", data=members, headers=headers).status_code == 403
    assert signed_in.get("/fpa/import").status_code == 200


def test_a_form_of_an_earlier_session_is_kept_to_be_sent_again(signed_in: httpx.Client) -> None:
    old = {"csrf": "of another session", "language": "de", "next": "/fpa/import"}
    answer = signed_in.post("/language", data=old)
    assert answer.status_code == 403
    kept = form_of(answer, "/language")
    assert kept["language"] == "de"
    assert signed_in.post("/language", data=kept).status_code == 303
    assert 'lang="de"' in signed_in.get("/fpa/import").text


def test_a_form_of_endless_members_is_refused_and_not_shown_again(signed_in: httpx.Client) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = signed_in.post("/language", content=b"a=b&" * 100_000, headers=form)
    assert (refused.status_code, len(refused.text) < 20_000) == (400, True)
    signed_in.cookies.clear()
    signing_in = signed_in.post("/fpa/import", content=b"a=b&" * 100_000, headers=form)
    assert (signing_in.status_code, len(signing_in.text) < 20_000) == (401, True)


def test_no_page_is_open_by_mistake(settings: Settings) -> None:
    pages = [
        (route.path, handler.opt.get("scope"))
        for route in create_app(settings).routes
        for handler in getattr(route, "route_handlers", ())
        if handler.opt.get(PAGE) and handler.http_methods != {"OPTIONS"}
    ]
    public = {path for path, scope in pages if scope == PUBLIC}
    assert public == {"/", "/sign-in", "/sign-out", "/language", "/assets/{fingerprint:str}/{name:str}"}
    assert all(scope for _, scope in pages)


def test_static_files_may_be_kept_for_good_and_only_under_their_fingerprint(shared_service: SharedService) -> None:
    with browser(shared_service.address) as client:
        paths = re.findall(r'"(/assets/[^"]+)"', client.get("/sign-in").text)
        assert {path.rpartition(".")[2] for path in paths} == {"css", "js", "svg"}
        for path in paths:
            assert client.get(path).headers["cache-control"] == "public, max-age=31536000, immutable"
        assert client.get("/assets/000000000000/app.css").status_code == 404
        assert sum(len(client.get(path).content) for path in set(paths)) < 50_000


def test_every_text_is_there_in_every_language_with_the_same_values() -> None:
    english, *others = (read_catalogue(language) for language in Language)
    for other in others:
        assert other.keys() == english.keys()
        for name, text in english.items():
            assert sorted(_PLACES.findall(other[name])) == sorted(_PLACES.findall(text)), name


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        (None, "de-DE,de;q=0.9,en;q=0.8", "de"),
        (None, "fr-FR,en;q=0.5,de;q=0.7", "de"),
        (None, "fr", "en"),
        (None, "", "en"),
        ("de", "en", "de"),
        ("xx", "de", "de"),
    ],
)
def test_the_language_is_the_chosen_one_or_what_the_browser_likes_best(
    chosen: str | None, accepted: str, language: str
) -> None:
    assert preferred_language(chosen, accepted) == language
