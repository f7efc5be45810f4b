"""What a check is asked with, as it stands on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from budget_sync.approval.request import LONGEST_NAME, CheckRequest, check_request

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]


class CheckQuestion(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """One purchase. ``currency`` absent: the customer's. ``amount``: a JSON number above 0, at most 4 decimals."""

    department: Name
    fiscal_period: Annotated[str, msgspec.Meta(min_length=6, max_length=9)]
    amount: msgspec.Raw
    customer_id: UUID | None = None
    sub_category: Name | None = None
    currency: Annotated[str, msgspec.Meta(min_length=3, max_length=3)] | None = None
    request_id: Name | None = None

    def to_request(self) -> CheckRequest:
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
            request_id=self.request_id,
        )
