"""``/api/sources``: the servers, buckets and spreadsheets that a customer's files come from, for its administrators."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

import anyio
from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_cursor
from api.etags import etag, wanted_version
from api.json_text import JsonBody, JsonResponse
from api.parameters import CustomerId
from api.problems import problems
from api.sources import work
from api.sources.examples import SOURCE_BODIES, SOURCE_CHANGES, SOURCES, SYNCED, TESTED, source_answer
from api.sources.schemas import SourceBody, SourceChange, SourcesPage, SourceView, SyncAnswer, TestAnswer
from api.time_limits import LONG
from budget_sync.sources.administration import delete_source


class SourcesController(Controller):
    """Secrets go in and never come out; what changes where they go needs them anew."""

    path = "/api/sources"
    tags = ("Sources",)
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 256 * 1024

    @get(operation_id="listSources", summary="List sources", responses=SOURCES | problems(400, 401, 403, 503))
    async def page(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> SourcesPage:
        """By name, each with how its last look went."""
        require_own(caller, customer_id)
        (after,) = read_cursor(cursor, 1) or ("",)
        found = await anyio.to_thread.run_sync(work.view_sources, state.database, caller.customer_id, limit + 1, after)
        return SourcesPage(*page_of(found, limit, lambda source: (source.name,)))

    @post(
        dto=JsonBody[SourceBody],
        return_dto=None,
        operation_id="createSource",
        summary="Add a source",
        responses=source_answer(201) | problems(400, 401, 403, 409, 413, 415, 422, 503),
    )
    async def create(
        self, data: Annotated[SourceBody, Body(examples=SOURCE_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[SourceView]:
        """It is due at once, and every four hours where it has no schedule. Try it with ``POST /{id}/test``."""
        require_own(caller, data.customer_id)
        made = await anyio.to_thread.run_sync(work.create, state.database, caller.customer_id, data, caller.key_id)
        return JsonResponse(made, status_code=201, headers=etag(made.version))

    @get(
        "/{source_id:uuid}",
        operation_id="readSource",
        summary="Read one source",
        responses=source_answer(200) | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, source_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[SourceView]:
        """With the ETag that a change must name."""
        found = await anyio.to_thread.run_sync(work.view_source, state.database, caller.customer_id, source_id)
        return JsonResponse(found, headers=etag(found.version))

    @patch(
        "/{source_id:uuid}",
        dto=JsonBody[SourceChange],
        return_dto=None,
        operation_id="changeSource",
        summary="Change a source",
        responses=source_answer(200) | problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 503),
    )
    async def change(
        self,
        source_id: FromPath[UUID],
        data: Annotated[SourceChange, Body(examples=SOURCE_CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[SourceView]:
        """If-Match names the version that it was made from. It is due at once, its failures forgotten."""
        version = wanted_version(request)
        changed = await anyio.to_thread.run_sync(
            work.change, state.database, caller.customer_id, source_id, version, data, caller.key_id
        )
        return JsonResponse(changed, headers=etag(changed.version))

    @delete(
        "/{source_id:uuid}",
        operation_id="deleteSource",
        summary="Delete a source",
        responses=problems(400, 401, 403, 404, 412, 503),
    )
    async def delete(
        self,
        source_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """What it loaded stays, and so does its history. If-Match names the version."""
        version = wanted_version(request)
        forget = partial(delete_source, state.database, caller.customer_id, source_id, version, actor=caller.key_id)
        await anyio.to_thread.run_sync(forget)

    @post(
        "/{source_id:uuid}/test",
        opt={"scope": "admin", LONG: True},
        status_code=200,
        operation_id="testSource",
        summary="Try a source, step by step",
        responses=TESTED | problems(400, 401, 403, 404, 422, 503),
    )
    async def test(self, source_id: FromPath[UUID], caller: NamedDependency[Caller], state: State) -> TestAnswer:
        """Resolve, connect, host key, login, list, read one: which of them fails, and what to do about it."""
        return await anyio.to_thread.run_sync(
            work.try_source, state.database, caller.customer_id, source_id, limiter=state.partner_places
        )

    @post(
        "/{source_id:uuid}/sync",
        status_code=202,
        operation_id="syncSource",
        summary="Look at a source now",
        responses=SYNCED | problems(400, 401, 403, 404, 503),
    )
    async def sync(self, source_id: FromPath[UUID], caller: NamedDependency[Caller], state: State) -> SyncAnswer:
        """And not only when its time has come. A file is taken once two looks saw it the same."""
        await anyio.to_thread.run_sync(work.look_now, state.database, caller.customer_id, source_id)
        return SyncAnswer(source_id)
