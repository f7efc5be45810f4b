"""The history as it looks, for the OpenAPI document."""

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.imports.schemas import HistoryPage

_HISTORY = {
    "imports": [
        {
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
        }
    ],
    "count": 1,
    "success": True,
}
HISTORY = {
    200: ResponseSpec(
        data_container=HistoryPage,
        generate_examples=False,
        description="The newest imports first",
        examples=[Example(id="history", summary="One import", value=_HISTORY)],
    )
}
