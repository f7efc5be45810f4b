"""One table from exception to HTTP answer: every error becomes an RFC 9457 problem document.

In: any exception of a handler or of the framework. Out: ``application/problem+json`` with ``success: false``, a stable
``code`` and the names and numbers that decided. What is not foreseen becomes a 500 that says nothing but a request id.
"""

import re
from http import HTTPStatus
from typing import Any, Self

import msgspec
import psycopg
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException

from api.json_text import encode_json
from api.misreadings import first_of, in_words, missing_of
from api.request_ids import request_id_of
from budget_sync.domain import errors

PROBLEM = "application/problem+json"

STATUS_OF: dict[type[errors.BudgetSyncError], HTTPStatus] = {
    errors.InvalidRequestError: HTTPStatus.BAD_REQUEST,
    errors.NotAuthenticatedError: HTTPStatus.UNAUTHORIZED,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ConflictError: HTTPStatus.CONFLICT,
    errors.StaleVersionError: HTTPStatus.PRECONDITION_FAILED,
    errors.LateBodyError: HTTPStatus.REQUEST_TIMEOUT,
    errors.TimedOutError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.RateLimitedError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.RefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnreadableFileError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotABudgetError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.MappingIncompleteError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TooManyErrorsError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ConfigurationError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.SourceError: HTTPStatus.BAD_GATEWAY,
    errors.DatabaseUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}

FRAMEWORK_CODES = {
    HTTPStatus.BAD_REQUEST: ("invalid_request", "The request could not be read."),
    HTTPStatus.NOT_FOUND: ("not_found", "There is no such address. The OpenAPI document lists what there is."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "This address does not take that method; see Allow."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "The body is larger than this address takes."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("unsupported_media_type", "This address does not take that Content-Type."),
}
_HEADERS: dict[HTTPStatus, dict[str, str]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "1"},
}
_TITLES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}
_UNDERSCORE = re.compile(r"_([a-z])")
_RESERVED = frozenset({"type", "title", "status", "detail", "success", "code", "requestId"})
_log = structlog.get_logger(__name__)


def title_of(status: HTTPStatus) -> str:
    """The name of a status as RFC 9110 has it: Python 3.13 says it otherwise than those before."""
    return _TITLES.get(status, status.phrase)


class Problem(msgspec.Struct, frozen=True, rename="camel"):
    """The members that every problem document has; an error's own numbers and names stand beside them."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    success: bool = False

    @classmethod
    def of(cls, status: HTTPStatus, code: str, detail: str, request_id: str) -> Self:
        """The members of this problem."""
        return cls(f"urn:budget-sync:problem:{code}", title_of(status), status, detail, code, request_id)


def problem_document(code: str, detail: str, request_id: str) -> bytes:
    """A 403 as bytes, for what is refused before there is a request."""
    return encode_json(Problem.of(HTTPStatus.FORBIDDEN, code, detail, request_id))


def problem_response(
    request: Request[Any, Any, Any],
    status: HTTPStatus,
    code: str,
    detail: str,
    extensions: dict[str, object] | None = None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """The answer for one problem; extensions whose names the document itself uses are left out."""
    problem = Problem.of(status, code, detail, request_id_of(request.scope))
    members = msgspec.to_builtins(problem) | {
        _UNDERSCORE.sub(lambda match: match[1].upper(), name): value
        for name, value in (extensions or {}).items()
        if name not in _RESERVED
    }
    every_header = _HEADERS.get(status, {}) | (headers or {})
    return Response(encode_json(members), status_code=status, media_type=PROBLEM, headers=every_header)


def status_of(error: errors.BudgetSyncError) -> HTTPStatus | None:
    """The status of its class, or of the nearest class above; None: no caller is to see it, it is a defect of ours."""
    return next((STATUS_OF[each] for each in type(error).mro() if each in STATUS_OF), None)


def _from_our_error(request: Request[Any, Any, Any], error: errors.BudgetSyncError) -> Response[bytes]:
    status = status_of(error)
    if status is None:
        return _from_defect(request, error)
    code = str(error.details.get("code", error.code))
    return problem_response(request, status, code, error.message, error.details)


def _from_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = HTTPStatus(error.status_code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _from_defect(request, error)
    code, detail = FRAMEWORK_CODES.get(status, ("invalid_request", "The request could not be read."))
    said = in_words(error.extra) if isinstance(error.extra, list) else []
    extensions: dict[str, object] = {"errors": said} if isinstance(error.extra, list) else {}
    if first := first_of(said) or missing_of(error.detail):
        detail = f"{detail.rstrip('.')}: {first}"
    headers = {"Allow": _allowed_methods(request)} if isinstance(error, MethodNotAllowedException) else None
    return problem_response(request, status, code, detail, extensions, headers)


def _from_bytes(request: Request[Any, Any, Any], _: UnicodeDecodeError) -> Response[bytes]:
    """Litestar decodes the text members of a form without catching this."""
    return problem_response(request, HTTPStatus.BAD_REQUEST, "invalid_request", "The request is not UTF-8.")


def _from_database(request: Request[Any, Any, Any], error: psycopg.OperationalError) -> Response[bytes]:
    _log.warning("database unavailable", request_id=request_id_of(request.scope), error=str(error).splitlines()[0])
    message = "The database does not answer. Nothing was done; try again in a moment."
    return problem_response(request, HTTPStatus.SERVICE_UNAVAILABLE, "database_unavailable", message)


def _from_overflow(request: Request[Any, Any, Any], _: psycopg.Error) -> Response[bytes]:
    message = "The amounts of the line would grow beyond 15 digits. Nothing was done."
    return problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, "amount_out_of_range", message)


def _from_defect(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    _log.error("request failed", request_id=request_id_of(request.scope), path=request.scope["path"], exc_info=error)
    message = "Something went wrong on our side. Quote the request id to whoever runs this service."
    return problem_response(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", message)


def _allowed_methods(request: Request[Any, Any, Any]) -> str:
    path = request.scope["path"].rstrip("/") or "/"
    routes = [route for route in request.app.routes if route.path == path]
    return ", ".join(sorted({method for route in routes for method in getattr(route, "methods", ())}))


EXCEPTION_HANDLERS: dict[type[Exception] | int, Any] = {
    errors.BudgetSyncError: _from_our_error,
    HTTPException: _from_framework,
    UnicodeDecodeError: _from_bytes,
    psycopg.errors.NumericValueOutOfRange: _from_overflow,
    psycopg.OperationalError: _from_database,
    Exception: _from_defect,
}
