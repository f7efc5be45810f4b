"""A template and its values become an answer: escaped, in the visitor's language, under the policy of the pages.

In: a request, the name of a template, values. Out: a response in HTML. Also ``go_to``, what a form answers.
"""

import time
from functools import cache, partial
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect
from markupsafe import Markup

from api.pages import locales
from api.pages.assets import asset_path
from api.pages.navigation import PLACES, is_here
from api.pages.said import said
from api.pages.sessions import is_secure, session_cookie
from api.pages.texts import Language, Texts, preferred_language, texts_of
from api.pages.visitors import visitor_of

LANGUAGE_COOKIE = "language"
_HTML = "text/html"  # Litestar adds the charset
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",  # with no-referrer a browser hides the origin of a form, which is checked
    "Vary": "Cookie, Accept-Language",
}


def page(
    request: Request[Any, Any, Any],
    template: str,
    status: int = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response[str]:
    """The page of a template; ``values`` are its own, beside those that every page has."""
    language = language_of(request)
    texts = texts_of(language)
    visitor = visitor_of(request)
    token, cookies = _form_token(request)
    scopes = visitor.caller.scopes if visitor else frozenset[str]()
    path = request.scope["path"]
    shown = _environment(language).get_template(template)
    content = shown.render(
        t=texts,
        language=language.value,
        languages=list(Language),
        visitor=visitor,
        role=_role(scopes, texts),
        allowed=lambda scope: scope in scopes,
        places=[(each, is_here(each, path)) for each in PLACES if each.scope in scopes],
        here=path,
        csrf_token=token,
        asset=asset_path,
        **values,
    )
    return Response(content, status_code=status, media_type=_HTML, headers=_HEADERS | (headers or {}), cookies=cookies)


def go_to(path: str, *, cookies: list[Cookie] | None = None) -> Redirect:
    """What a form answers once it is done: the browser asks for a page, and may ask again without doing it twice."""
    return Redirect(path, status_code=303, cookies=cookies)


def language_of(request: Request[Any, Any, Any]) -> Language:
    """What the visitor reads: chosen at the foot of a page, else as the browser asks."""
    return preferred_language(request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", ""))


def texts_for(request: Request[Any, Any, Any]) -> Texts:
    """The catalogue of the visitor's language, for handlers that choose words."""
    return texts_of(language_of(request))


def _form_token(request: Request[Any, Any, Any]) -> tuple[str, list[Cookie]]:
    """What the forms of this page bear; who has no session gets one that is signed in nowhere."""
    state = request.app.state
    session = request.scope["state"].get("new_session") or state.visitors.session(request)
    if session is not None:
        return state.session_seal.form_token(session), []
    session = state.session_seal.start("", time.time())
    return state.session_seal.form_token(session), [
        session_cookie(state.session_seal.seal(session), secure=is_secure(request))
    ]


def _role(scopes: frozenset[str], texts: Texts) -> str:
    """The most that a key may do, in one word."""
    known = ("admin", "import", "reserve", "check", "read")
    return next((texts(f"layout.roles.{scope}") for scope in known if scope in scopes), "")


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(files("api.pages") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    named = language.value
    environment.filters.update(
        number=partial(locales.write_number, language=named),
        amount=lambda value, currency="": locales.write_amount(value, named, currency),
        change=lambda value, currency="": locales.write_change(value, named, currency),
        percent=lambda share, decimals=0: locales.write_percent(share, named, decimals=decimals),
        day=partial(locales.write_day, language=named),
        size=partial(locales.write_size, language=named),
        said=partial(said, language=language),
        moment=lambda moment: _moment(moment, named),
    )
    environment.globals.update(t=texts_of(language))
    return environment


def _moment(moment: Any, language: str) -> Markup:
    written = locales.write_moment(moment, language)
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), written)
