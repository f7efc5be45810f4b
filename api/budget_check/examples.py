"""Answers as they look, for the OpenAPI document."""

from typing import Any, cast

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.budget_check.schemas import Suggestions
from budget_sync.approval.answer import CheckAnswer, SeveralAnswers

_BUDGET: dict[str, Any] = {
    "id": "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10",
    "department": "Engineering",
    "subCategory": "Software",
    "fiscalPeriod": "FY2025",
    "currency": "EUR",
    "budgetedAmount": 50000,
    "committed": 12000,
    "reserved": 3000,
    "actualSpent": 8000,
    "available": 35000,
}
_NO_DETAILS: dict[str, Any] = {
    "lines": [],
    "rates": [],
    "nearDepartments": [],
    "nearSubCategories": [],
    "knownPeriods": [],
    "otherCurrencies": [],
    "requestId": None,
}
_APPROVED: dict[str, Any] = {
    "available": True,
    "decision": "approve",
    "reasonCode": "auto_approved",
    "reason": "1,200.50 EUR fits: Engineering / Software for FY2025 has 35,000.00 EUR available.",
    "canAutoApprove": True,
    "autoApprovalThreshold": 5000,
    "utilizationPercent": 30.00,
    "utilizationPercentAfter": 32.40,
    "shortfall": 0,
    "matchedLevel": "sub_category",
    "budget": _BUDGET,
    "asOf": "2025-03-01T12:00:00Z",
    "details": _NO_DETAILS | {"lines": [_BUDGET | {"isOpen": True, "answers": True}]},
    "success": True,
}
_TOO_MUCH = _APPROVED | {
    "available": False,
    "decision": "reject",
    "reasonCode": "insufficient_budget",
    "reason": "40,000.00 EUR does not fit: Engineering / Software for FY2025 has 35,000.00 EUR available, "
    "5,000.00 EUR short.",
    "canAutoApprove": False,
    "utilizationPercentAfter": 110.00,
    "shortfall": 5000,
}
_NO_BUDGET = _TOO_MUCH | {
    "reasonCode": "no_budget",
    "reason": "There is no budget of Enginering for FY2025. Did you mean Engineering?",
    "utilizationPercent": None,
    "utilizationPercentAfter": None,
    "shortfall": None,
    "matchedLevel": None,
    "budget": None,
    "details": _NO_DETAILS | {"nearDepartments": ["Engineering"]},
}

_QUESTION: dict[str, Any] = {
    "department": "Engineering",
    "subCategory": "Software",
    "fiscalPeriod": "FY2025",
    "amount": 1200.50,
    "currency": "EUR",
}
QUESTIONS = [
    Example(id="one", summary="One line", value=_QUESTION),
    Example(id="several", summary="Several lines, all of which must fit", value={"lines": [_QUESTION, _QUESTION]}),
]

CHECK_ANSWERS = {
    200: ResponseSpec(
        data_container=cast("type[Any]", CheckAnswer | SeveralAnswers),
        generate_examples=False,
        description="The decision, with the numbers that made it",
        examples=[
            Example(id="fits", summary="It fits", value=_APPROVED),
            Example(id="too_much", summary="It does not fit", value=_TOO_MUCH),
            Example(id="no_budget", summary="No such budget, with the near name", value=_NO_BUDGET),
        ],
    )
}

SUGGESTIONS = {
    200: ResponseSpec(
        data_container=Suggestions,
        generate_examples=False,
        description="Names that could have been meant",
        examples=[Example(id="near", summary="One name", value={"names": ["Engineering"], "success": True})],
    )
}
