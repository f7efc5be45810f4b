"""What a check is asked with, as it stands on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from budget_sync.approval.request import CheckRequest, check_request
from budget_sync.domain.names import LONGEST_NAME

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_MOST_LINES = 100


class CheckLine(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """One line of a purchase. ``currency`` absent: the customer's. ``amount``: a number above 0, at most 4 decimals."""

    department: Name
    fiscal_period: Annotated[str, msgspec.Meta(min_length=6, max_length=9)]
    amount: msgspec.Raw
    sub_category: Name | None = None
    currency: Annotated[str, msgspec.Meta(min_length=3, max_length=3)] | None = None

    def checked(self, request_id: str | None, excluded_reservation: UUID | None) -> CheckRequest:
        """The question, checked.

        Raises:
            InvalidRequestError: a value is none that could be meant.
        """
        return check_request(
            department=self.department,
            sub_category=self.sub_category,
            fiscal_period=self.fiscal_period,
            amount=bytes(self.amount).decode("ascii", "replace"),
            currency=self.currency,
            request_id=request_id,
            excluded_reservation=excluded_reservation,
        )


class CheckQuestion(CheckLine, frozen=True, rename="camel", forbid_unknown_fields=True):
    """One purchase of one line. What ``exclude_reservation_id`` holds counts as available."""

    customer_id: UUID | None = None
    request_id: Name | None = None
    exclude_reservation_id: UUID | None = None

    def to_request(self) -> CheckRequest:
        """The question, checked.

        Raises:
            InvalidRequestError: a value is none that could be meant.
        """
        return self.checked(self.request_id, self.exclude_reservation_id)


class CheckLines(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """One purchase of several lines, all of which must fit."""

    lines: Annotated[list[CheckLine], msgspec.Meta(min_length=1, max_length=_MOST_LINES)]
    customer_id: UUID | None = None
    request_id: Name | None = None
    exclude_reservation_id: UUID | None = None

    def to_requests(self) -> list[CheckRequest]:
        """The questions, checked.

        Raises:
            InvalidRequestError: a value is none that could be meant.
        """
        return [line.checked(self.request_id, self.exclude_reservation_id) for line in self.lines]


class Suggestions(msgspec.Struct, frozen=True, rename="camel"):
    """At most three names, best first."""

    names: list[str]
    success: bool = True
