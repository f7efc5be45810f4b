"""``/fpa/import``: where files come in, and what became of the ones before."""

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import anyio
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from api.pages.mapper.listing import Listing, list_imports, wanted_imports
from api.pages.mapper.states import TONES
from api.pages.mapper.uploads import Received, receive_files
from api.pages.rendering import go_to, page
from api.pages.visitors import Visitor
from budget_sync.domain.fields import ImportState

START = "/fpa/import"


class MapperController(Controller):
    """For people whose key may import."""

    path = "/"
    opt = {"scope": "import"}  # noqa: RUF012 - Litestar reads it from the class

    @get(START)
    async def start(
        self,
        request: Request[Any, Any, Any],
        visitor: NamedDependency[Visitor],
        state: State,
        words: Annotated[str | None, QueryParameter(name="q", max_length=200)] = None,
        status: Annotated[str | None, QueryParameter(name="state", max_length=40)] = None,
        source: Annotated[str | None, QueryParameter(name="source", max_length=40)] = None,
        who: Annotated[str | None, QueryParameter(name="who", max_length=200)] = None,
        since: Annotated[str | None, QueryParameter(name="since", max_length=10)] = None,
        until: Annotated[str | None, QueryParameter(name="until", max_length=10)] = None,
        before: Annotated[UUID | None, QueryParameter(name="before")] = None,
        at_once: Annotated[str, QueryParameter(name="at_once", max_length=5)] = "",
    ) -> Response[str]:
        """Where files are dropped, what waits for a person, what is not finished, and the list of imports."""
        wanted = wanted_imports(words, status, source, who, since, until, before)
        return await _start(request, visitor, state, wanted, at_once=at_once == "true")

    @post(START)
    async def upload(
        self, request: Request[Any, Any, Any], visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """One file leads to its own page; of several the start shows what became of each."""
        received = await receive_files(request, visitor, state)
        if len(received) == 1 and received[0].path:
            return go_to(received[0].path)
        return await _start(request, visitor, state, wanted_imports(), received=received)

    @get("/test-import")
    async def try_import(self) -> Response[Any]:
        """The mapper, under the name that tools know."""
        return go_to(START)

    @get("/test-sync")
    async def try_sync(self) -> Response[Any]:
        """The quick upload: files are loaded at once where everything is certain."""
        return go_to(f"{START}?at_once=true")


async def _start(
    request: Request[Any, Any, Any],
    visitor: Visitor,
    state: State,
    wanted: Listing,
    *,
    at_once: bool = False,
    received: list[Received] | None = None,
) -> Response[str]:
    work = partial(list_imports, state.database, visitor.caller.customer_id, wanted)
    found = await anyio.to_thread.run_sync(work)
    refused = received is not None and not any(one.path for one in received)
    return page(
        request,
        "mapper/start.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        found=found,
        wanted=wanted,
        states=list(ImportState),
        tones=TONES,
        received=received,
        at_once=at_once,
        limit=state.settings.upload_limit_bytes,
        today=date.today().isoformat(),  # noqa: DTZ011  # the browser's own day is not known here
    )
