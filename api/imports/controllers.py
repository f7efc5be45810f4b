"""``GET /api/imports/history``."""

from typing import Annotated

import anyio
from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from api.authentication import Caller, require_own
from api.imports.examples import HISTORY
from api.imports.schemas import HistoryPage
from api.parameters import CustomerId
from api.problems import problems

LARGEST_HISTORY = 500


class ImportsController(Controller):
    """What was imported, by whom and how it went: uploads and synced files alike."""

    path = "/api/imports"
    tags = ("Imports",)

    @get(
        "/history",
        opt={"scope": "read"},
        operation_id="listImports",
        summary="What was imported",
        responses=HISTORY | problems(400, 401, 403, 503),
    )
    async def history(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Annotated[int, QueryParameter(name="limit", ge=1, le=LARGEST_HISTORY)] = 50,
    ) -> HistoryPage:
        """The newest imports first."""
        require_own(caller, customer_id)
        records = await anyio.to_thread.run_sync(state.engine.history, caller.customer_id, limit)
        return HistoryPage(records, len(records))
