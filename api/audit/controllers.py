"""``GET /api/audit``."""

from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from api.audit.examples import AUDIT
from api.audit.schemas import AuditPage
from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_cursor, strange_cursor
from api.parameters import CustomerId, require_zone, text_parameter
from api.problems import problems
from api.transactions import in_transaction
from budget_sync.importing.audit_list import AuditFilter, list_audit

_LARGEST_ID = 2**63 - 1


class AuditController(Controller):
    """One row a command or import, written in its transaction and never changed."""

    path = "/api/audit"
    tags = ("Administration",)

    @get(
        opt={"scope": "admin"},
        operation_id="listAudit",
        summary="Who did what",
        responses=AUDIT | problems(400, 401, 403, 503),
    )
    async def page(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        action: Annotated[str | None, text_parameter("action", "Exactly this one: key.revoke")] = None,
        actor: Annotated[str | None, text_parameter("actor", "The id of a key, or a user")] = None,
        subject: Annotated[UUID | None, QueryParameter(name="subject", description="What it was done to")] = None,
        since: Annotated[datetime | None, QueryParameter(name="since", description="From this moment on")] = None,
        until: Annotated[datetime | None, QueryParameter(name="until", description="Before this moment")] = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> AuditPage:
        """The newest first. What an import changed line by line stands in its own list of changes."""
        require_own(caller, customer_id)
        require_zone(since, until)
        wanted = AuditFilter(action, actor, subject, since, until, _row_id(read_cursor(cursor, 1)))
        found = await in_transaction(state, caller, partial(list_audit, wanted=wanted, limit=limit + 1))
        return AuditPage(*page_of(found, limit, lambda row: (str(row.id),)))


def _row_id(keys: tuple[str, ...] | None) -> int | None:
    if keys is None:
        return None
    if not (keys[0].isascii() and keys[0].isdigit() and len(keys[0]) < 20 and int(keys[0]) <= _LARGEST_ID):  # noqa: PLR2004 - digits
        raise strange_cursor()
    return int(keys[0])
