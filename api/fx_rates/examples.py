"""Exchange rates as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.fx_rates.schemas import RatesPage
from budget_sync.approval.rate_list import RecordedRate

_BODY: dict[str, Any] = {"fromCurrency": "USD", "toCurrency": "EUR", "rate": 0.925, "validOn": "2025-03-01"}
_RATE = _BODY | {"id": "0198a9c4-0000-7000-8000-0000000000dd", "createdAt": "2025-03-01T06:00:00Z", "version": 1}
_PAGE = {"rates": [_RATE], "count": 1, "nextCursor": None, "success": True}

RATE_BODIES = [Example(id="dollar", value=_BODY)]
RATE_CHANGES = [Example(id="figure", value={"rate": 0.926})]


def rate_answer(status: int, description: str) -> dict[int, ResponseSpec]:
    """One rate."""
    example = Example(id="rate", summary=description, value=_RATE)
    return {status: ResponseSpec(RecordedRate, generate_examples=False, description=description, examples=[example])}


RATES = {
    200: ResponseSpec(
        data_container=RatesPage,
        generate_examples=False,
        description="The rates",
        examples=[Example(id="rates", summary="One rate", value=_PAGE)],
    )
}
