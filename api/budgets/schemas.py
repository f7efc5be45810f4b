"""Budget lines as they stand on the wire: a page of them, a new one, a change of one."""

import re
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from api.json_text import LARGEST_AMOUNT, NumberRange
from budget_sync.approval.lines import LineChange, NewLine
from budget_sync.approval.listing import ListedLine
from budget_sync.approval.request import request_currency, request_name
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.names import LONGEST_NAME
from budget_sync.domain.periods import FiscalPeriod

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Amount = Annotated[msgspec.Raw, NumberRange(-LARGEST_AMOUNT)]
_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,4}0*)?")
_ABSENT = msgspec.Raw(b"null")


class AppliedFilters(msgspec.Struct, frozen=True, rename="camel"):
    """The filters that were understood, so that a misspelt one is seen to be missing."""

    customer_id: UUID
    import_id: UUID | None = None
    source: str | None = None
    department: str | None = None
    sub_category: str | None = None
    fiscal_period: str | None = None
    q: str | None = None


class BudgetsPage(msgspec.Struct, frozen=True, rename="camel"):
    """``count`` is of this page; ``next_cursor`` None: it is the last."""

    budgets: list[ListedLine]
    count: int
    next_cursor: str | None
    filters: AppliedFilters
    success: bool = True


class LineBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new line. ``sub_category`` absent: the general line of the department; ``currency`` absent: the customer's."""

    department: _Name
    fiscal_period: Annotated[str, msgspec.Meta(min_length=6, max_length=9)]
    budgeted_amount: _Amount
    sub_category: _Name | None = None
    line_type: Literal["expense", "revenue"] = "expense"
    currency: Annotated[str, msgspec.Meta(min_length=3, max_length=3)] | None = None
    customer_id: UUID | None = None

    def to_line(self, currency: str) -> NewLine:
        """The line, checked; ``currency`` is the customer's.

        Raises:
            InvalidRequestError: a value is none that could be meant.
        """
        return NewLine(
            department=request_name(self.department, "department"),
            sub_category=request_name(self.sub_category, "subCategory") if self.sub_category else None,
            fiscal_period=str(FiscalPeriod.from_code(self.fiscal_period)),
            line_type=self.line_type,
            currency=request_currency(self.currency) if self.currency else currency,
            budgeted_amount=_amount(self.budgeted_amount),
        )


class LineChangeBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What changes; what is absent stays. A closed line takes no new reservations."""

    budgeted_amount: _Amount = msgspec.field(default_factory=lambda: _ABSENT)
    state: Literal["open", "closed"] | None = None

    def change(self) -> LineChange:
        """The change, checked.

        Raises:
            InvalidRequestError: the amount is none.
        """
        amount = None if bytes(self.budgeted_amount) == b"null" else _amount(self.budgeted_amount)
        return LineChange(amount, self.state)


def _amount(raw: msgspec.Raw) -> Decimal:
    text = bytes(raw).decode("ascii", "replace")
    if _AMOUNT.fullmatch(text) is None:
        raise InvalidRequestError(
            "budgetedAmount must be a plain number of at most 15 digits before the point and 4 after it.",
            field="budgetedAmount",
        )
    return Decimal(text)
