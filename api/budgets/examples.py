"""Budget lines as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.budgets.schemas import BudgetsPage
from budget_sync.approval.listing import ListedLine

_LINE: dict[str, Any] = {
    "id": "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10",
    "department": "Engineering",
    "subCategory": "Software",
    "fiscalPeriod": "FY2025",
    "lineType": "expense",
    "currency": "EUR",
    "budgetedAmount": 50000,
    "utilization": {
        "committed": 12000,
        "reserved": 3000,
        "actualSpent": 8000,
        "available": 35000,
        "utilizationPercent": 30.00,
    },
    "state": "open",
    "source": "upload",
    "importId": "0198a9c4-0000-7000-8000-00000000000a",
    "createdAt": "2025-01-15T09:30:00Z",
    "updatedAt": "2025-01-15T09:30:00Z",
}
_PAGE = {
    "budgets": [_LINE],
    "count": 1,
    "nextCursor": None,
    "filters": {
        "customerId": "0198a9c4-0000-7000-8000-000000000001",
        "importId": None,
        "source": None,
        "department": "Engineering",
        "subCategory": None,
        "fiscalPeriod": None,
        "q": None,
    },
    "success": True,
}
BUDGETS_PAGE = {
    200: ResponseSpec(
        data_container=BudgetsPage,
        generate_examples=False,
        description="A page of lines",
        examples=[Example(id="page", summary="One line", value=_PAGE)],
    )
}
_CSV = (
    "Department,Sub-category,Fiscal period,Line type,Currency,Budgeted amount\n"
    "Engineering,Software,FY2025,expense,EUR,50000\n"
)
EXPORT = {
    200: ResponseSpec(
        data_container=str,
        generate_examples=False,
        description="The lines as CSV, or as a workbook with format=xlsx",
        media_type="text/csv",
        examples=[Example(id="csv", summary="One line", value=_CSV)],
    )
}
LINE_BODIES = [
    Example(
        id="line",
        value={
            "department": "Engineering",
            "subCategory": "Software",
            "fiscalPeriod": "FY2025",
            "budgetedAmount": 50000,
        },
    )
]
LINE_CHANGES = [
    Example(id="amount", summary="Another amount", value={"budgetedAmount": 62500.50}),
    Example(id="close", summary="No new reservations", value={"state": "closed"}),
]


def line_answer(status: int) -> dict[int, ResponseSpec]:
    """One line."""
    example = Example(id="line", summary="The line", value=_LINE)
    return {status: ResponseSpec(ListedLine, generate_examples=False, description="The line", examples=[example])}
