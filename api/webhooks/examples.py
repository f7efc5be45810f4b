"""Webhooks as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.webhooks.schemas import DeliveriesPage, NewSecret, WebhooksPage
from budget_sync.notification.endpoints import Endpoint

_WEBHOOK: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-0000000000dd",
    "url": "https://approvals.example.com/hooks/budgets",
    "description": "The purchase portal",
    "events": ["budget.import.completed", "budget.threshold_crossed"],
    "active": True,
    "disabledBecause": None,
    "version": 1,
    "createdAt": "2025-01-15T09:30:00Z",
    "updatedAt": "2025-01-15T09:30:00Z",
    "retiredUntil": None,
}
_DELIVERY: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-0000000000d1",
    "eventId": "0198a9c4-0000-7000-8000-0000000000d0",
    "eventType": "budget.threshold_crossed",
    "state": "waiting",
    "attempts": 1,
    "nextAttemptAt": "2025-01-15T09:30:06Z",
    "createdAt": "2025-01-15T09:30:00Z",
    "deliveredAt": None,
    "log": [{"at": "2025-01-15T09:30:01Z", "status": 503, "said": "try later", "milliseconds": 120}],
    "body": {
        "type": "budget.threshold_crossed",
        "timestamp": "2025-01-15T09:30:00Z",
        "data": {"department": "Engineering", "fiscalPeriod": "FY2025", "utilizationPercent": 92.5, "limitPercent": 90},
    },
}
_SHOWN_ONCE = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
WEBHOOK_BODIES = [
    Example(
        id="some",
        summary="Some events",
        value={"url": _WEBHOOK["url"], "events": _WEBHOOK["events"], "description": _WEBHOOK["description"]},
    ),
    Example(id="all", summary="All events", value={"url": _WEBHOOK["url"]}),
]
WEBHOOK_CHANGES = [Example(id="on", summary="Switch it on again", value={"active": True})]


def _answer(status: int, container: type[Any], description: str, value: dict[str, Any]) -> dict[int, ResponseSpec]:
    example = Example(id="answer", summary=description, value=value)
    return {status: ResponseSpec(container, generate_examples=False, description=description, examples=[example])}


def secret_answer(status: int) -> dict[int, ResponseSpec]:
    """The webhook with its secret."""
    shown = {"webhook": _WEBHOOK, "secret": _SHOWN_ONCE, "success": True}
    return _answer(status, NewSecret, "The webhook, and its secret this once", shown)


WEBHOOK = _answer(200, Endpoint, "The webhook", _WEBHOOK)
WEBHOOKS = _answer(
    200, WebhooksPage, "The oldest first", {"webhooks": [_WEBHOOK], "count": 1, "nextCursor": None, "success": True}
)
DELIVERIES = _answer(
    200,
    DeliveriesPage,
    "The newest first",
    {"deliveries": [_DELIVERY], "count": 1, "nextCursor": None, "success": True},
)
