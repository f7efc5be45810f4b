"""The outcome of an import becomes an HTTP answer: its state decides the status, as the table of the semantics says."""

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response

from api.errors import problem_response
from api.json_text import JsonResponse
from budget_sync.domain.fields import ImportState
from budget_sync.importing.result import ImportResult

_STATUS_OF_STATE = {
    ImportState.COMPLETED: HTTPStatus.OK,
    ImportState.COMPLETED_WITH_ERRORS: HTTPStatus.OK,
    ImportState.UNCHANGED: HTTPStatus.OK,
    ImportState.PROCESSING: HTTPStatus.ACCEPTED,
    ImportState.NEEDS_REVIEW: HTTPStatus.ACCEPTED,
}
_STATUS_OF_CODE = {
    "conflict": HTTPStatus.CONFLICT,
    "database_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "database_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "worker_died": HTTPStatus.INTERNAL_SERVER_ERROR,
}


def import_response(request: Request[Any, Any, Any], result: ImportResult) -> Response[Any]:
    """The result where it loaded or waits for review; else a problem document that holds it as ``import``."""
    status = _STATUS_OF_STATE.get(result.status)
    if status is not None:
        return JsonResponse(result, status_code=status)
    code = result.error.code if result.error else result.status.value
    message = result.error.message if result.error else "The import did not load."
    extensions: dict[str, object] = {"import": msgspec.structs.asdict(result)}
    return problem_response(
        request, _STATUS_OF_CODE.get(code, HTTPStatus.UNPROCESSABLE_ENTITY), code, message, extensions
    )
