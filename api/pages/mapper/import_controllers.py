"""``/fpa/import/imports/{id}``: one import with everything of its history, and what a person may decide of it."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

import anyio
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from api.attachments import attachment
from api.pages.mapper.one_import import read_story
from api.pages.mapper.states import TONES
from api.pages.rendering import go_to, page
from api.pages.visitors import Visitor
from budget_sync.approval.request import request_name
from budget_sync.domain.fields import FileFormat, TargetField
from budget_sync.importing.change_files import write_made_changes
from budget_sync.importing.drafts import open_review
from budget_sync.importing.error_file import write_error_file

_Request = Request[Any, Any, Any]
_DECIDES = {"scope": "import"}


class ImportController(Controller):
    """Whoever may read sees it; whoever may import decides."""

    path = "/fpa/import/imports/{import_id:uuid}"
    opt = {"scope": "read"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def show(
        self, import_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[str]:
        """How it went, what it changed, what was refused, who did what."""
        work = partial(read_story, state.engine, state.database, visitor.caller.customer_id, import_id)
        story = await anyio.to_thread.run_sync(work)
        return page(request, "mapper/import.html", story=story, tones=TONES, fields=list(TargetField))

    @get("/errors")
    async def errors(
        self,
        import_id: FromPath[UUID],
        visitor: NamedDependency[Visitor],
        state: State,
        file_format: Annotated[FileFormat, QueryParameter(name="format")] = FileFormat.XLSX,
    ) -> Response[Any]:
        """The rejected rows as a file to be corrected and sent again."""
        write = partial(write_error_file, state.database, visitor.caller.customer_id, import_id, file_format)
        return await attachment(write, file_format, state.import_places)

    @get("/changes")
    async def changes(
        self, import_id: FromPath[UUID], visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """Every change that it made, as a CSV; its page shows the first of them."""
        write = partial(write_made_changes, state.database, visitor.caller.customer_id, import_id)
        return await attachment(write, FileFormat.CSV, state.import_places)

    @post("/review", opt=_DECIDES)
    async def review(self, import_id: FromPath[UUID], visitor: NamedDependency[Visitor], state: State) -> Response[Any]:
        """Open what waits in the mapper."""
        work = partial(open_review, state.database, visitor.caller.customer_id, import_id, visitor.user)
        draft = await anyio.to_thread.run_sync(work, limiter=state.import_places)
        return go_to(f"/fpa/import/drafts/{draft.id}")

    @post("/decline", opt=_DECIDES)
    async def decline(
        self, import_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """Turn down what waits, with a reason.

        Raises:
            InvalidRequestError: there is no reason.
        """
        reason = request_name(str((await request.form()).get("reason", "")), "reason")
        customer_id = visitor.caller.customer_id
        work = partial(state.engine.decline, customer_id, import_id, reason, user=visitor.user)
        await anyio.to_thread.run_sync(work, limiter=state.import_places)
        return go_to(f"/fpa/import/imports/{import_id}")

    @get("/undo", opt=_DECIDES)
    async def ask_undo(
        self, import_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[str]:
        """What taking it back would change, and what it would keep."""
        customer_id = visitor.caller.customer_id
        rehearse = partial(state.engine.rehearse_undo, customer_id, import_id)
        result = await anyio.to_thread.run_sync(rehearse, limiter=state.import_places)
        record = await anyio.to_thread.run_sync(state.engine.get, customer_id, import_id)
        return page(request, "mapper/undo.html", record=record, result=result)

    @post("/undo", opt=_DECIDES)
    async def undo(self, import_id: FromPath[UUID], visitor: NamedDependency[Visitor], state: State) -> Response[Any]:
        """Take it back; the answer is the import that did so."""
        work = partial(state.engine.undo, visitor.caller.customer_id, import_id, user=visitor.user)
        result = await anyio.to_thread.run_sync(work, limiter=state.import_places)
        return go_to(f"/fpa/import/imports/{result.import_id}")
