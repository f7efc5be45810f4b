"""Errors as pages: what a program gets as a problem document, a browser gets as a page that says what is safe.

In: the table from exception to problem document. Out: the same table, which asks who reads. A program asks for
``application/json`` or anything; only a browser asks for ``text/html``.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Request, Response

from api.errors import EXCEPTION_HANDLERS, Problem
from api.pages.forms import is_readable, kept_text
from api.pages.rendering import page, texts_for
from api.pages.visitors import SessionEndedError
from budget_sync.domain.errors import BudgetSyncError

_Handler = Callable[[Request[Any, Any, Any], Any], Response[Any]]
_UNAUTHORIZED = 401
_SERVER_ERROR = 500


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Whether a browser asks, and the service is up to show it a page."""
    return "text/html" in request.headers.get("accept", "") and "visitors" in request.app.state


def _as_page(handler: _Handler) -> _Handler:
    def answer(request: Request[Any, Any, Any], error: Any) -> Response[Any]:
        response = handler(request, error)
        return _page(request, response, error) if wants_page(request) else response

    return answer


def _page(request: Request[Any, Any, Any], response: Response[Any], error: Exception) -> Response[str]:
    """What our own errors say is written for people; what the framework says, for programs."""
    problem = msgspec.json.decode(response.content, type=Problem)
    kept = {name: value for name, value in response.headers.items() if name in ("Allow", "Retry-After")}
    texts = texts_for(request)
    detail = problem.detail if isinstance(error, BudgetSyncError) else ""
    named = f"errors.{problem.code}" if texts.known(f"errors.{problem.code}.title") else "errors.other"
    if named == "errors.other" and problem.status >= _SERVER_ERROR:
        named = "errors.internal_error"
    return page(request, "error.html", problem.status, kept, problem=problem, named=named, detail=detail)


def _sign_in(request: Request[Any, Any, Any], error: SessionEndedError) -> Response[Any]:
    """The page to sign in, in place of the page that was asked for; a form goes on from there."""
    if not wants_page(request):
        return _problem(request, error)
    path = request.scope["path"]
    query = request.scope["query_string"].decode("ascii", "replace")
    form = error.form if error.form is not None and is_readable(error.form) else None
    return page(
        request,
        "sign_in/sign_in.html",
        _UNAUTHORIZED,
        {"WWW-Authenticate": "Bearer"},
        going="" if error.form is not None else f"{path}?{query}" if query else path,
        kept_action=path if form is not None else "",
        kept_form=kept_text(form) if form is not None else "",
        was_signed_in=_was_signed_in(request),
        refused=False,
    )


def _was_signed_in(request: Request[Any, Any, Any]) -> bool:
    session = request.app.state.visitors.session(request)
    return request.method == "POST" or (session is not None and bool(session.key_id))


_problem: _Handler = next(handler for error, handler in EXCEPTION_HANDLERS.items() if error in SessionEndedError.mro())
PAGE_AWARE_HANDLERS: dict[type[Exception] | int, Any] = {
    SessionEndedError: _sign_in,
    **{error: _as_page(handler) for error, handler in EXCEPTION_HANDLERS.items()},
}
