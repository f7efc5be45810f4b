"""``/admin/sources``: where a customer's files come from: added, tried step by step, looked at now, paused, deleted."""

from functools import partial
from typing import Any
from uuid import UUID

import anyio
import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.json_text import decode_body
from api.pages.admin.dotted import nested_body
from api.pages.admin.frame import Wanted, admin_page, answer_form, answer_form_once, form_version
from api.pages.visitors import Visitor
from api.sources import work
from api.sources.schemas import SourceBody, SourceChange, TestAnswer
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.sources.administration import delete_source

_PATH = "/admin/sources"
_LISTED = 200
_NUMBERS = frozenset({"connection.port", "connection.tabId", "schedule.everySeconds"})
_LISTS = frozenset({"connection.patterns"})
_FORM = frozenset({"csrf", "version"})
_body = msgspec.json.Decoder(SourceBody)
_Request = Request[Any, Any, Any]


class SourcesPages(Controller):
    """For administrators."""

    path = _PATH
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def list(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """By name, each with how its last look went."""
        return await _list(request, visitor, state)

    @post(status_code=200)
    async def create(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[Any]:
        """A new source; it is due at once."""
        caller = visitor.caller
        form = await request.form()
        members = {name: str(value).strip() for name, value in form.multi_items() if name not in _FORM}

        async def added() -> None:
            asked = decode_body(_body, nested_body(members, _NUMBERS, _LISTS))
            await anyio.to_thread.run_sync(work.create, state.database, caller.customer_id, asked, caller.key_id)

        return await answer_form(added(), partial(_list, request, visitor, state), _PATH)

    @post("/{source_id:uuid}/test", status_code=200)
    async def test(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, source_id: FromPath[UUID]
    ) -> Response[str]:
        """The list, with the steps of this source and the first that failed."""

        async def tried() -> dict[UUID, TestAnswer]:
            tested = await anyio.to_thread.run_sync(
                work.try_source, state.database, visitor.caller.customer_id, source_id, limiter=state.partner_places
            )
            return {source_id: tested}

        return await answer_form_once(tried(), partial(_list, request, visitor, state), "tested")

    @post("/{source_id:uuid}/sync", status_code=200)
    async def sync(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, source_id: FromPath[UUID]
    ) -> Response[Any]:
        """Due now, and not only when its time has come."""
        looked = anyio.to_thread.run_sync(work.look_now, state.database, visitor.caller.customer_id, source_id)
        return await answer_form(looked, partial(_list, request, visitor, state), _PATH)

    @post("/{source_id:uuid}/{wanted:str}", status_code=200)
    async def change(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        source_id: FromPath[UUID],
        wanted: FromPath[Wanted],
    ) -> Response[Any]:
        """``pause`` or ``resume`` it, or ``delete`` it, if nobody else changed it meanwhile."""
        caller = visitor.caller

        async def changed() -> None:
            place = (state.database, caller.customer_id, source_id, await form_version(request))
            if wanted is Wanted.DELETE:
                await anyio.to_thread.run_sync(partial(delete_source, *place, actor=caller.key_id))
            else:
                body = SourceChange(active=wanted is Wanted.RESUME)
                await anyio.to_thread.run_sync(work.change, *place, body, caller.key_id)

        return await answer_form(changed(), partial(_list, request, visitor, state), _PATH)


async def _list(
    request: _Request,
    visitor: Visitor,
    state: State,
    refused: BudgetSyncError | None = None,
    tested: dict[UUID, TestAnswer] | None = None,
) -> Response[str]:
    sources = await anyio.to_thread.run_sync(work.view_sources, state.database, visitor.caller.customer_id, _LISTED, "")
    return await admin_page(request, "admin/sources.html", refused, sources=sources, tested=tested or {})
