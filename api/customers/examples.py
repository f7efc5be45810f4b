"""Customers as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.customers.schemas import CustomersPage
from budget_sync.importing.customers import Customer

_CUSTOMER: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-000000000001",
    "slug": "acme",
    "name": "Acme Ltd",
    "currency": "GBP",
    "fiscalYearStart": 4,
    "version": 1,
    "createdAt": "2025-01-15T09:30:00Z",
    "updatedAt": "2025-01-15T09:30:00Z",
}
CUSTOMER_BODIES = [
    Example(id="acme", value={"slug": "acme", "name": "Acme Ltd", "currency": "GBP", "fiscalYearStart": 4})
]
CUSTOMER_CHANGES = [Example(id="name", value={"name": "Acme plc"})]
_PAGE = {"customers": [_CUSTOMER], "count": 1, "nextCursor": None, "success": True}
CUSTOMERS = {
    200: ResponseSpec(
        CustomersPage,
        generate_examples=False,
        description="The customers",
        examples=[Example(id="customers", summary="One customer", value=_PAGE)],
    )
}


def customer_answer(status: int) -> dict[int, ResponseSpec]:
    """One customer."""
    example = Example(id="customer", summary="The customer", value=_CUSTOMER)
    return {
        status: ResponseSpec(Customer, generate_examples=False, description="The customer", examples=[example]),
    }
