"""What every form must bear before its handler runs: an origin of our own, and the token of the session.

In: a request to a page. Out: nothing, or a refusal. A form that was made in an earlier session of the same browser is
not lost: it is shown again, to be sent with one press.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from litestar import Request, Response

from api.pages.rendering import page
from api.parameters import refuse_strange_parameters
from budget_sync.domain.errors import ForbiddenError, InvalidRequestError

_MEMBER = "csrf"
_HEADER = "x-csrf-token"
_FORM = "application/x-www-form-urlencoded"
_MOST_MEMBERS = 50_000  # of a file with 16,384 columns; 200,000 of them stop the thread that answers everybody for 5 s
_SAFE = ("GET", "HEAD", "OPTIONS")


async def before_page(request: Request[Any, Any, Any]) -> Response[str] | None:
    """The check before every page.

    Raises:
        InvalidRequestError: a query parameter is not known, or the form has more members than any of ours.
        ForbiddenError: the form comes from another site, or bears no token of ours.
    """
    await refuse_strange_parameters(request)
    if request.method in _SAFE:
        return None
    if not _is_ours(request):
        raise ForbiddenError("This form was sent from another site. Nothing was done.")
    if request.content_type[0] == _FORM and not is_readable(await request.body()):
        raise InvalidRequestError("This form has more members than any form of ours. Nothing was done.")
    token = request.headers.get(_HEADER) or str((await request.form()).get(_MEMBER, ""))
    state = request.app.state
    session = state.visitors.session(request)
    if session is not None and state.session_seal.bears_token(session, token):
        return None
    if session is not None and session.key_id and request.content_type[0] == _FORM:
        return again(request, request.scope["path"], await request.body())
    raise ForbiddenError("This page is too old to be sent. Nothing was done; load it again.")


def again(request: Request[Any, Any, Any], path: str, form: bytes) -> Response[str]:
    """The page that sends a kept form once more, with a token of today."""
    return page(
        request,
        "sign_in/again.html",
        HTTPStatus.FORBIDDEN if request.scope["path"] == path else HTTPStatus.OK,
        action=path,
        fields=kept_fields(form),
    )


def kept_fields(form: bytes) -> list[tuple[str, str]]:
    """The members of a form but its old token, in their order."""
    pairs = parse_qsl(form.decode("utf-8", "replace"), keep_blank_values=True)
    return [(name, value) for name, value in pairs if name != _MEMBER]


def kept_text(form: bytes) -> str:
    """A form as one member of another one."""
    return urlencode(kept_fields(form))


def is_readable(form: bytes) -> bool:
    """Whether it has no more members than a form of ours can have."""
    return form.count(b"&") < _MOST_MEMBERS


def _is_ours(request: Request[Any, Any, Any]) -> bool:
    """Browsers say where a form comes from, in one or both of two headers; a program has no cookie."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
