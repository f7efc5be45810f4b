"""What reservations are asked with, as it stands on the wire."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec

from budget_sync.approval.movement import Call, Wish
from budget_sync.approval.request import check_request, request_amount, request_currency, request_name
from budget_sync.approval.reservation_types import LONGEST_HOLD, ReserveRequest, Share
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.names import LONGEST_NAME

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Currency = Annotated[str, msgspec.Meta(min_length=3, max_length=3)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_MOST_LINES = 100
_ALL = msgspec.Raw(b"null")  # a union of Raw and None takes null alone


class Allocation(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """How much of the amount one line holds."""

    budget_id: UUID
    amount: msgspec.Raw


class ReserveBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """``budget_id``, or ``allocations`` that add up to ``amount``, or the names as a check takes them.

    ``expires_at`` absent: in 48 hours; at most a year ahead. ``override_reason`` needs the scope ``override``.
    """

    amount: msgspec.Raw
    external_reference: Name
    customer_id: UUID | None = None
    budget_id: UUID | None = None
    department: Name | None = None
    sub_category: Name | None = None
    fiscal_period: Annotated[str, msgspec.Meta(min_length=6, max_length=9)] | None = None
    currency: _Currency | None = None
    expires_at: _Moment | None = None
    allocations: Annotated[list[Allocation], msgspec.Meta(min_length=1, max_length=_MOST_LINES)] | None = None
    override_reason: Name | None = None

    def to_request(self) -> ReserveRequest:
        """The request, checked.

        Raises:
            InvalidRequestError: a value is none that could be meant, or the place is said in two ways or in none.
        """
        ways = (self.budget_id, self.allocations, self.department)
        if sum(way is not None for way in ways) != 1 or (self.department is None) != (self.fiscal_period is None):
            raise InvalidRequestError(
                "Say where in one way: budgetId, or allocations, or department with fiscalPeriod.", field="budgetId"
            )
        amount = _money(self.amount)
        currency = request_currency(self.currency) if self.currency else None
        place = None
        if self.department is not None and self.fiscal_period is not None:
            place = check_request(
                department=self.department,
                sub_category=self.sub_category,
                fiscal_period=self.fiscal_period,
                amount=format(amount, "f"),
                currency=currency,
            )
        return ReserveRequest(
            amount=amount,
            external_reference=request_name(self.external_reference, "externalReference"),
            expires_at=self._checked_expiry(),
            shares=self._shares(amount),
            place=place,
            currency=currency,
            override_reason=request_name(self.override_reason, "overrideReason") if self.override_reason else None,
        )

    def _shares(self, amount: Decimal) -> tuple[Share, ...]:
        if self.budget_id is not None:
            return (Share(self.budget_id, amount),)
        shares = tuple(Share(each.budget_id, _money(each.amount)) for each in self.allocations or ())
        if len({share.budget_id for share in shares}) < len(shares):
            raise InvalidRequestError("A budgetId stands twice in allocations.", field="allocations")
        if shares and sum(share.amount for share in shares) != amount:
            raise InvalidRequestError("The amounts of allocations must add up to amount.", field="allocations")
        return shares

    def _checked_expiry(self) -> datetime | None:
        now = datetime.now(UTC)
        if self.expires_at is not None and not now < self.expires_at <= now + LONGEST_HOLD:
            raise InvalidRequestError("expiresAt must be in the future, at most a year ahead.", field="expiresAt")
        return self.expires_at


class MoveBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """``amount`` absent: all there is. ``final`` is for commit alone: the rest is released."""

    reservation_id: UUID
    amount: msgspec.Raw = msgspec.field(default_factory=lambda: _ALL)
    final: bool = False
    customer_id: UUID | None = None

    def to_wish(self, call: Call) -> Wish:
        """The call, checked.

        Raises:
            InvalidRequestError: the amount is none, or the call takes none, or ``final`` is not its own.
        """
        amount = None if bytes(self.amount) == b"null" else _money(self.amount)
        if (self.final and call is not Call.COMMIT) or (amount is not None and call is Call.CLOSE):
            raise InvalidRequestError(f"{call.value} takes no {'final' if self.final else 'amount'}.", field="final")
        return Wish(call, amount, self.final)


def _money(raw: msgspec.Raw) -> Decimal:
    return request_amount(bytes(raw).decode("ascii", "replace"))
