"""An analysis and the outcomes of an import as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from budget_sync.importing.result import ImportResult
from budget_sync.mapping.analysis import Analysis

_UPLOAD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_MAPPINGS: list[dict[str, Any]] = [
    {
        "sourceColumn": name,
        "columnIndex": index,
        "targetField": field,
        "confidence": 0.97,
        "reason": f"The header '{name}' and its values.",
        "sampleValues": [sample],
        "alternatives": [],
        "period": None,
        "label": None,
    }
    for index, (name, field, sample) in enumerate(
        [
            ("Department", "department", "Engineering"),
            ("Category", "subCategory", "Software"),
            ("Year", "fiscalPeriod", "FY2025"),
            ("Budget", "budgetedAmount", "50,000"),
        ]
    )
]
ANALYSIS_VALUE: dict[str, Any] = {
    "fileName": "budget_2025.csv",
    "uploadId": _UPLOAD,
    "sheet": None,
    "sheets": [],
    "encoding": "utf-8",
    "delimiter": ",",
    "headerRow": 0,
    "layout": "long",
    "totalRows": 1,
    "budgetRows": 1,
    "sumBudgeted": "50000",
    "headers": ["Department", "Category", "Year", "Budget"],
    "sampleRows": [["Engineering", "Software", "FY2025", "50,000"]],
    "amountScale": 1,
    "mappings": _MAPPINGS,
    "unmappedColumns": [],
    "requiredFieldsMissing": [],
    "controlTotals": [],
    "questions": [],
    "fileTypeDetection": {
        "likelyFileType": "budget",
        "confidence": 0.98,
        "budgetConfidence": 0.98,
        "warnings": [],
        "evidence": ["A column of budget amounts"],
    },
    "canProceed": True,
    "success": True,
    "rowFilters": [],
    "notes": [],
}
RESULT_VALUE: dict[str, Any] = {
    "importId": "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10",
    "customerId": "0198a9c4-0000-7000-8000-000000000001",
    "fileName": "budget_2025.csv",
    "status": "completed",
    "success": True,
    "imported": 1,
    "stats": {
        "totalRows": 1,
        "successRows": 1,
        "errorRows": 0,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
    },
    "errors": [],
    "controlTotals": [],
    "warnings": [],
    "questions": [],
    "error": None,
    "fileType": "budget",
    "durationMs": 41,
}
_WAITING = RESULT_VALUE | {
    "status": "needs_review",
    "success": False,
    "imported": 0,
    "error": {
        "code": "mapping_incomplete",
        "message": "budget_2025.csv has no column for the period.",
    },
}

_ROWS: dict[str, Any] = {
    "fileName": "budget_2025.csv",
    "rows": [["Department", "Category", "Year", "Budget"], ["Engineering", "Software", "FY2025", 50000]],
    "mappings": [
        {"sourceColumn": "Department", "targetField": "department"},
        {"columnIndex": 1, "targetField": "subCategory"},
        {"columnIndex": 2, "targetField": "fiscalPeriod"},
        {"columnIndex": 3, "targetField": "budgetedAmount"},
    ],
}
_UPLOADED: dict[str, Any] = {"uploadId": _UPLOAD, "fileName": "budget_2025.csv"}
IMPORT_BODIES = [
    Example(id="rows", summary="Rows, with the mapping that a person approved", value=_ROWS),
    Example(id="upload", summary="A file that was analysed before", value=_UPLOADED),
]

ANALYSIS = {
    200: ResponseSpec(
        data_container=Analysis,
        generate_examples=False,
        description="How the file is understood",
        examples=[Example(id="budget", summary="A budget", value=ANALYSIS_VALUE)],
    )
}
IMPORT_ANSWERS = {
    200: ResponseSpec(
        data_container=ImportResult,
        generate_examples=False,
        description="Loaded, or unchanged",
        examples=[Example(id="completed", summary="Loaded", value=RESULT_VALUE)],
    ),
    202: ResponseSpec(
        data_container=ImportResult,
        generate_examples=False,
        description="Nothing is loaded yet: a person must answer something",
        examples=[Example(id="needs_review", summary="A column is missing", value=_WAITING)],
    ),
}
