"""``/fpa/import``: where files come in, and what became of the ones before."""

from typing import Any

import anyio
from litestar import Controller, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency

from api.pages.mapper.states import TONES
from api.pages.rendering import page
from api.pages.visitors import Visitor

_LISTED = 50


class MapperController(Controller):
    """For people whose key may import."""

    path = "/fpa/import"
    opt = {"scope": "import"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def start(
        self, request: Request[Any, Any, Any], visitor: NamedDependency[Visitor], state: State
    ) -> Response[str]:
        """The newest imports."""
        records = await anyio.to_thread.run_sync(state.engine.history, visitor.caller.customer_id, _LISTED)
        return page(request, "mapper/start.html", records=records, tones=TONES)
