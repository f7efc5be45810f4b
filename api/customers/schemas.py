"""Customers as they stand on the wire."""

from typing import Annotated

import msgspec

from api.patterns import CURRENCY, SLUG
from budget_sync.approval.request import request_name
from budget_sync.domain.names import LONGEST_NAME
from budget_sync.importing.customers import Customer, CustomerTerms

_Slug = Annotated[str, msgspec.Meta(pattern=SLUG, max_length=48)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Currency = Annotated[str, msgspec.Meta(pattern=CURRENCY)]
_Month = Annotated[int, msgspec.Meta(ge=1, le=12)]


class CustomerBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new customer. ``name`` absent: the slug; ``fiscal_year_start``: the month in which its fiscal year begins."""

    slug: _Slug
    name: _Name | None = None
    currency: _Currency = "EUR"
    fiscal_year_start: _Month = 1

    def checked_name(self) -> str | None:
        """The name, cleaned.

        Raises:
            InvalidRequestError: it is blank or holds a control character.
        """
        return None if self.name is None else request_name(self.name, "name")


class CustomerChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What changes; what is absent stays."""

    name: _Name | None = None
    currency: _Currency | None = None
    fiscal_year_start: _Month | None = None

    def terms(self, customer: Customer) -> CustomerTerms:
        """What then holds.

        Raises:
            InvalidRequestError: the name is blank or holds a control character.
        """
        return CustomerTerms(
            customer.name if self.name is None else request_name(self.name, "name"),
            self.currency or customer.currency,
            self.fiscal_year_start or customer.fiscal_year_start,
        )


class CustomersPage(msgspec.Struct, frozen=True, rename="camel"):
    """By slug; ``next_cursor`` None: it is the last."""

    customers: list[Customer]
    count: int
    next_cursor: str | None
    success: bool = True
