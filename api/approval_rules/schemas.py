"""Approval rules as they stand on the wire."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec

from api.json_text import NumberRange
from budget_sync.approval.policy import WhenExceeded
from budget_sync.approval.request import request_name, request_number
from budget_sync.approval.rules import ApprovalRule, RuleFigures
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.names import LONGEST_NAME

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_LARGEST_LIMIT = Decimal(1000)
_Threshold = Annotated[msgspec.Raw, NumberRange(0)]
_Limit = Annotated[msgspec.Raw, NumberRange(0, float(_LARGEST_LIMIT), exclusive=True)]
_ABSENT = msgspec.Raw(b"null")


def _absent() -> msgspec.Raw:
    return _ABSENT


class RuleBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new rule. ``department`` absent: for all; ``utilization_limit`` in percent, above 0, at most 1000."""

    auto_approval_threshold: _Threshold
    utilization_limit: _Limit = msgspec.field(default_factory=_absent)
    when_exceeded: WhenExceeded = WhenExceeded.STOP
    department: Name | None = None
    sub_category: Name | None = None
    customer_id: UUID | None = None

    def place(self) -> tuple[str | None, str | None]:
        """Department and sub-category, checked.

        Raises:
            InvalidRequestError: a name is none, or a sub-category stands without its department.
        """
        if self.sub_category and not self.department:
            raise InvalidRequestError("A subCategory needs its department.", field="department")
        department = request_name(self.department, "department") if self.department else None
        return department, request_name(self.sub_category, "subCategory") if self.sub_category else None

    def figures(self) -> RuleFigures:
        """What the rule says, checked.

        Raises:
            InvalidRequestError: a number is none.
        """
        threshold = _number(self.auto_approval_threshold, "autoApprovalThreshold")
        limit = _number(self.utilization_limit, "utilizationLimit")
        if threshold is None:
            raise InvalidRequestError("autoApprovalThreshold must be a number.", field="autoApprovalThreshold")
        return RuleFigures(threshold, _limit(Decimal(90) if limit is None else limit), self.when_exceeded)


class RuleChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What changes; what is absent stays."""

    auto_approval_threshold: _Threshold = msgspec.field(default_factory=_absent)
    utilization_limit: _Limit = msgspec.field(default_factory=_absent)
    when_exceeded: WhenExceeded | None = None

    def figures(self, rule: ApprovalRule) -> RuleFigures:
        """What the rule says then.

        Raises:
            InvalidRequestError: a number is none.
        """
        threshold = _number(self.auto_approval_threshold, "autoApprovalThreshold")
        limit = _number(self.utilization_limit, "utilizationLimit")
        return RuleFigures(
            rule.auto_approval_threshold if threshold is None else threshold,
            rule.utilization_limit if limit is None else _limit(limit),
            self.when_exceeded or rule.when_exceeded,
        )


class RulesPage(msgspec.Struct, frozen=True, rename="camel"):
    """The widest first; ``next_cursor`` None: it is the last page."""

    rules: list[ApprovalRule]
    count: int
    next_cursor: str | None
    success: bool = True


def _number(raw: msgspec.Raw, field: str) -> Decimal | None:
    text = bytes(raw).decode("ascii", "replace")
    return None if text == "null" else request_number(text, field)


def _limit(limit: Decimal) -> Decimal:
    if not 0 < limit <= _LARGEST_LIMIT:
        raise InvalidRequestError("utilizationLimit must be above 0 and at most 1000.", field="utilizationLimit")
    return limit
