"""A page of the audit log as it stands on the wire."""

import msgspec

from budget_sync.importing.audit_list import AuditRow


class AuditPage(msgspec.Struct, frozen=True, rename="camel"):
    """The newest rows first; ``next_cursor`` None: it is the last page."""

    entries: list[AuditRow]
    count: int
    next_cursor: str | None
    success: bool = True
