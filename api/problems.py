"""The problem documents of a route, for its OpenAPI description."""

from http import HTTPStatus

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.errors import PROBLEM, Problem, title_of

_EXAMPLES: dict[int, tuple[str, str]] = {
    400: ("invalid_request", "amount must be above 0."),
    401: ("not_authenticated", "This API key is not known, or not valid any more."),
    403: ("forbidden", "This API key belongs to another customer than customerId names."),
    404: ("not_found", "There is no such thing for this customer."),
    408: ("request_timeout", "The body did not arrive within 30 s."),
    409: ("conflict", "This reservation is released: there is nothing to commit."),
    412: ("precondition_failed", "Somebody changed this rule since you read it. Read it again."),
    413: ("too_large", "The body is larger than this address takes."),
    415: ("unsupported_media_type", "This address does not take that Content-Type."),
    422: ("unreadable_file", "The file is a PDF. Send the table itself as CSV or as a workbook."),
    429: ("rate_limited", "More than 12000 calls for 'read' in 60 s. Wait 17 s."),
    500: ("internal_error", "Something went wrong on our side. Quote the request id to whoever runs this service."),
    503: ("database_unavailable", "The database does not answer. Nothing was done; try again in a moment."),
}

_EVERYWHERE = (408, 500, 503)


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """What a route answers besides its success, each with an example; some of them every route does."""
    limited = (429,) if 401 in statuses else ()  # noqa: PLR2004 - a route that asks for a key
    return {status: _problem(status) for status in sorted({*statuses, *_EVERYWHERE, *limited})}


def _problem(status: int) -> ResponseSpec:
    code, detail = _EXAMPLES[status]
    title = title_of(HTTPStatus(status))
    value = {
        "type": f"urn:budget-sync:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "requestId": "5f0c1d2e3b4a49788695a4b3c2d1e0f9",
        "success": False,
    }
    return ResponseSpec(
        data_container=Problem,
        generate_examples=False,
        description=title,
        media_type=PROBLEM,
        examples=[Example(id=code, summary=code, value=value)],
    )
