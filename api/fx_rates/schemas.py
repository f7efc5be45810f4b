"""Exchange rates as they stand on the wire."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec

from api.patterns import CURRENCY
from budget_sync.approval.rate_list import NewRate, RecordedRate
from budget_sync.domain.errors import InvalidRequestError

_Currency = Annotated[str, msgspec.Meta(pattern=CURRENCY)]
_RATE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,10})?")


class RateBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """One unit of ``from_currency`` is worth ``rate`` units of ``to_currency`` from ``valid_on`` until a later one."""

    from_currency: _Currency
    to_currency: _Currency
    rate: msgspec.Raw
    valid_on: date
    customer_id: UUID | None = None

    def to_rate(self) -> NewRate:
        """The rate, checked.

        Raises:
            InvalidRequestError: it is no number above 0, or both currencies are one.
        """
        rate = _checked(self.rate)
        if self.from_currency == self.to_currency:
            raise InvalidRequestError("A currency is worth 1 of itself.", field="toCurrency")
        return NewRate(self.from_currency, self.to_currency, rate, self.valid_on)


class RateChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The right figure of the day."""

    rate: msgspec.Raw

    def checked_rate(self) -> Decimal:
        """The rate, checked.

        Raises:
            InvalidRequestError: it is no number above 0.
        """
        return _checked(self.rate)


def _checked(rate: msgspec.Raw) -> Decimal:
    text = bytes(rate).decode("ascii", "replace")
    if _RATE.fullmatch(text) is None or not Decimal(text):
        raise InvalidRequestError("rate must be a plain number above 0, at most 10 decimals.", field="rate")
    return Decimal(text)


class RatesPage(msgspec.Struct, frozen=True, rename="camel"):
    """By currency, the newest day first; ``next_cursor`` None: it is the last page."""

    rates: list[RecordedRate]
    count: int
    next_cursor: str | None
    success: bool = True
