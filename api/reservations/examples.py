"""Reservations as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from budget_sync.approval.reservation_types import ReservationAnswer

_ID = "0198a9c4-0000-7000-8000-0000000000aa"
_LINE = "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e10"
_RESERVED: dict[str, Any] = {
    "reservationId": _ID,
    "state": "reserved",
    "externalReference": "PR-2025-0042",
    "amount": 1200.50,
    "currency": "EUR",
    "reserved": 1200.50,
    "committed": 0,
    "actualSpent": 0,
    "expiresAt": "2025-03-03T12:00:00Z",
    "createdAt": "2025-03-01T12:00:00Z",
    "allocations": [
        {"budgetId": _LINE, "amount": 1200.50, "reserved": 1200.50, "committed": 0, "actualSpent": 0},
    ],
    "overrideReason": None,
    "entries": None,
    "conversion": None,
    "success": True,
}
_CONVERTED = _RESERVED | {
    "amount": 1500.63,
    "reserved": 1500.63,
    "currency": "USD",
    "allocations": [{"budgetId": _LINE, "amount": 1500.63, "reserved": 1500.63, "committed": 0, "actualSpent": 0}],
    "conversion": {"amount": 1200.50, "currency": "EUR", "rate": 0.8, "validOn": "2025-03-01"},
}
_COMMITTED = _RESERVED | {
    "state": "committed",
    "reserved": 0,
    "committed": 1200.50,
    "allocations": [
        {"budgetId": _LINE, "amount": 1200.50, "reserved": 0, "committed": 1200.50, "actualSpent": 0},
    ],
}
_STEP: dict[str, Any] = {"budgetId": _LINE, "actualSpent": 0, "madeBy": "3f9c2a7b1d04", "reason": None}
_WITH_ENTRIES = _COMMITTED | {
    "entries": [
        _STEP | {"kind": "reserve", "reserved": 1200.50, "committed": 0, "at": "2025-03-01T12:00:00Z"},
        _STEP | {"kind": "commit", "reserved": -1200.50, "committed": 1200.50, "at": "2025-03-02T08:15:00Z"},
    ]
}

RESERVE_BODIES = [
    Example(
        id="names",
        summary="A line by its names",
        value={
            "department": "Engineering",
            "subCategory": "Software",
            "fiscalPeriod": "FY2025",
            "amount": 1200.50,
            "externalReference": "PR-2025-0042",
        },
    ),
    Example(
        id="allocations",
        summary="Two lines",
        value={
            "amount": 300,
            "externalReference": "PR-2025-0043",
            "allocations": [
                {"budgetId": _LINE, "amount": 100},
                {"budgetId": "0198a9c4-77d1-7a52-9c3f-0d2b6c1f4e11", "amount": 200},
            ],
        },
    ),
]
MOVE_BODIES = [
    Example(id="all", summary="All there is", value={"reservationId": _ID}),
    Example(id="part", summary="A part", value={"reservationId": _ID, "amount": 800}),
]


def _answer(description: str, **named: dict[str, Any]) -> ResponseSpec:
    return ResponseSpec(
        data_container=ReservationAnswer,
        generate_examples=False,
        description=description,
        examples=[Example(id=name, summary=description, value=example) for name, example in named.items()],
    )


RESERVED = {201: _answer("The amount is held", reserved=_RESERVED, converted=_CONVERTED)}
MOVED = {200: _answer("The reservation as it stands now", committed=_COMMITTED)}
RESERVATION = {200: _answer("The reservation, with its entries", committed=_WITH_ENTRIES)}
