"""A browser of few words: keeps cookies, follows what forms answer, sends the hidden members of a page's forms."""

from html.parser import HTMLParser

import httpx

HTML = {"Accept": "text/html,application/xhtml+xml"}


class Forms(HTMLParser):
    """The forms of a page: where each goes, and its members with their values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag says."""
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((named.get("action", ""), {}))
        elif tag == "input" and self.forms and named.get("name"):
            self.forms[-1][1][named["name"]] = named.get("value", "")


def browser(service: str) -> httpx.Client:
    """A browser that has not been here."""
    return httpx.Client(base_url=service, headers=HTML, timeout=30)


def form_of(page: httpx.Response, action: str) -> dict[str, str]:
    """The members of the form of a page that goes to this path."""
    return next(dict(members) for path, members in Forms(page.text).forms if path == action)


def sign_in(client: httpx.Client, key: str) -> httpx.Response:
    """What the form to sign in answers to a key."""
    members = form_of(client.get("/sign-in"), "/sign-in")
    return client.post("/sign-in", data=members | {"key": key})
