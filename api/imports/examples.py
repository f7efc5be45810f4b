"""Imports and decisions about them as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.excel.examples import ANALYSIS_VALUE, IMPORT_ANSWERS, RESULT_VALUE
from api.imports.schemas import ChangesPage, ErrorsPage, HistoryPage, WaitingPage
from budget_sync.importing.result import ImportRecord, ImportResult

_RECORD: dict[str, Any] = {
    "importId": "0198a9c4-0000-7000-8000-00000000000a",
    "customerId": "0198a9c4-0000-7000-8000-000000000001",
    "fileName": "budget_2025.csv",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sizeBytes": 1834,
    "sourceType": "upload",
    "sourceId": None,
    "remoteVersion": None,
    "status": "completed",
    "error": None,
    "fileType": "budget",
    "sheet": None,
    "stats": {
        "totalRows": 24,
        "successRows": 24,
        "errorRows": 0,
        "created": 24,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
    },
    "controlTotals": [],
    "warnings": [],
    "user": "ann",
    "runId": None,
    "receivedAt": "2025-01-15T09:30:00Z",
    "finishedAt": "2025-01-15T09:30:00.041Z",
    "durationMs": 41,
    "analysis": None,
    "request": {},
    "undoOf": None,
    "namedLines": {},
    "decisions": [],
}
_HISTORY = {"imports": [_RECORD], "count": 1, "nextCursor": None, "success": True}
HISTORY = {
    200: ResponseSpec(
        data_container=HistoryPage,
        generate_examples=False,
        description="The newest imports first",
        examples=[Example(id="history", summary="One import", value=_HISTORY)],
    )
}


def _answer(container: type[Any], description: str, value: dict[str, Any]) -> dict[int, ResponseSpec]:
    example = Example(id="answer", summary=description, value=value)
    return {200: ResponseSpec(container, generate_examples=False, description=description, examples=[example])}


_ID = _RECORD["importId"]
_ERROR: dict[str, Any] = {
    "row": 7,
    "column": "Budget",
    "value": "12.5OO",
    "code": "bad_amount",
    "reason": "'12.5OO' is no amount.",
}
_CHANGE: dict[str, Any] = {
    "budgetId": "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10",
    "change": "updated",
    "department": "Engineering",
    "subCategory": "Software",
    "fiscalPeriod": "FY2025",
    "currency": "EUR",
    "lineType": "expense",
    "oldAmount": 48000,
    "newAmount": 50000,
}
_TOTAL: dict[str, Any] = {
    "department": "Engineering",
    "fiscalPeriod": "FY2025",
    "currency": "EUR",
    "lineType": "expense",
    "oldTotal": 48000,
    "newTotal": 50000,
}
IMPORT = _answer(ImportRecord, "One import", _RECORD | {"analysis": ANALYSIS_VALUE})
_WAITING_RECORD = _RECORD | {
    "status": "needs_review",
    "error": {
        "code": "mapping_incomplete",
        "message": "budget_2025.csv has no column for the period.",
    },
    "analysis": ANALYSIS_VALUE,
}
WAITING = _answer(WaitingPage, "The oldest first", {"imports": [_WAITING_RECORD], "count": 1, "success": True})
ERRORS = _answer(
    ErrorsPage,
    "Rejected rows in the order of the file",
    {"importId": _ID, "errors": [_ERROR], "count": 1, "nextAfter": None, "success": True},
)
CHANGES = _answer(
    ChangesPage,
    "What the import changed",
    {
        "importId": _ID,
        "stats": _RECORD["stats"],
        "changes": [_CHANGE],
        "totals": [_TOTAL],
        "count": 1,
        "success": True,
    },
)
CONFIRMED = IMPORT_ANSWERS
DECLINED = _answer(
    ImportResult,
    "Turned down",
    RESULT_VALUE | {"status": "declined", "imported": 0, "error": {"code": "declined", "message": "Last year's file"}},
)
UNDONE = _answer(ImportResult, "The import that took the other back", RESULT_VALUE)
CONFIRM_BODIES = [
    Example(id="as_understood", summary="It is right as it was understood", value={}),
    Example(
        id="mapped",
        summary="With another column",
        value={"userId": "ann", "mappings": [{"columnIndex": 3, "targetField": "budgetedAmount"}]},
    ),
]
DECLINE_BODIES = [Example(id="reason", summary="With the reason", value={"reason": "This is last year's file."})]
UNDO_BODIES = [Example(id="undo", summary="By whom", value={"userId": "ann"})]
