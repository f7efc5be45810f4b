"""The outcome of an import becomes an HTTP answer: its state decides the status, as the table of the semantics says."""

from decimal import Decimal
from http import HTTPStatus

import msgspec

from api.idempotency_keys import Refusal
from api.json_text import encode_json
from api.metrics import IMPORTS
from budget_sync.domain.fields import ImportState
from budget_sync.importing.result import ImportResult

_STATUS_OF_STATE = {
    ImportState.COMPLETED: HTTPStatus.OK,
    ImportState.COMPLETED_WITH_ERRORS: HTTPStatus.OK,
    ImportState.UNCHANGED: HTTPStatus.OK,
    ImportState.DECLINED: HTTPStatus.OK,
    ImportState.UNDONE: HTTPStatus.OK,
    ImportState.PROCESSING: HTTPStatus.ACCEPTED,
    ImportState.NEEDS_REVIEW: HTTPStatus.ACCEPTED,
}
STATUS_OF_CODE = {
    "conflict": HTTPStatus.CONFLICT,
    "dry_run_outdated": HTTPStatus.CONFLICT,
    "database_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "database_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "worker_died": HTTPStatus.INTERNAL_SERVER_ERROR,
}


def import_answer(result: ImportResult) -> tuple[int, bytes]:
    """The result where it loaded or waits for review; else a ``Refusal`` that holds it as ``import``."""
    IMPORTS.labels(result.status.value).inc()
    status = _STATUS_OF_STATE.get(result.status)
    if status is not None:
        return status, encode_json(result)
    code = result.error.code if result.error else result.status.value
    message = result.error.message if result.error else "The import did not load."
    refusal = Refusal(code, message, {"import": msgspec.to_builtins(result, builtin_types=(Decimal,))})
    return STATUS_OF_CODE.get(code, HTTPStatus.UNPROCESSABLE_ENTITY), encode_json(refusal)
