"""Approval rules as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.approval_rules.schemas import RulesPage
from budget_sync.approval.rules import ApprovalRule

_RULE: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-0000000000cc",
    "department": "Engineering",
    "subCategory": None,
    "autoApprovalThreshold": 10000,
    "utilizationLimit": 95,
    "whenExceeded": "stop",
    "version": 1,
    "createdAt": "2025-01-15T09:30:00Z",
    "updatedAt": "2025-01-15T09:30:00Z",
}
RULE_BODIES = [
    Example(
        id="department", value={"department": "Engineering", "autoApprovalThreshold": 10000, "utilizationLimit": 95}
    )
]
CHANGES = [Example(id="threshold", value={"autoApprovalThreshold": 2500})]


def rule_answer(status: int, description: str) -> dict[int, ResponseSpec]:
    """One rule."""
    example = Example(id="rule", summary=description, value=_RULE)
    return {status: ResponseSpec(ApprovalRule, generate_examples=False, description=description, examples=[example])}


_PAGE = Example(
    id="rules", summary="One rule", value={"rules": [_RULE], "count": 1, "nextCursor": None, "success": True}
)
RULES = {200: ResponseSpec(RulesPage, generate_examples=False, description="All rules", examples=[_PAGE])}
