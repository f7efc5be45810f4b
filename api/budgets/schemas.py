"""A page of budget lines as it stands on the wire."""

from uuid import UUID

import msgspec

from budget_sync.approval.listing import ListedLine


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
