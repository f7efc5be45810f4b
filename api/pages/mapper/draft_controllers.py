"""``/fpa/import/drafts/{id}``: a file on its way: its columns, its preview, its import."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import anyio
import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from api.attachments import attachment
from api.pages.mapper.answers import NEEDS_ANOTHER_FILE
from api.pages.mapper.choices import choose
from api.pages.mapper.columns import column_blocks, column_names, column_tones
from api.pages.mapper.controllers import START
from api.pages.mapper.problems import Problem
from api.pages.mapper.rejected import corrections_of
from api.pages.mapper.steps import is_doubted, may_load, may_preview, open_questions
from api.pages.mapper.suggestions import suggestions
from api.pages.mapper.work import (
    PreviewPart,
    change_draft,
    import_draft,
    preview_draft,
    read_draft,
    read_said_before,
    write_preview,
)
from api.pages.rendering import go_to, page
from api.pages.visitors import Visitor
from budget_sync.domain.errors import UnreadableFileError
from budget_sync.domain.fields import FileFormat, ImportMode, TargetField
from budget_sync.importing import drafts
from budget_sync.importing.draft_rows import Draft

_Request = Request[Any, Any, Any]


class DraftController(Controller):
    """Nothing of a draft is loaded before its import."""

    path = "/fpa/import/drafts/{draft_id:uuid}"
    opt = {"scope": "import"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def columns(
        self,
        draft_id: FromPath[UUID],
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        came_back: Annotated[bool, QueryParameter(name="open")] = False,
    ) -> Response[Any]:
        """The file as it is understood; one that was imported leads to its import."""
        draft = await _draft(state, visitor, draft_id)
        problems = [Problem("mapper.problems.open")] if came_back and not may_preview(draft) else []
        return _came_of(draft) or await _columns(request, state, visitor, draft, problems)

    @post()
    async def choose(
        self, draft_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """What a person chose; with ``go`` on to the preview, or to the import where nothing is open."""
        draft = await _draft(state, visitor, draft_id)
        if draft.imported_as is not None:
            return go_to(_import_path(draft.imported_as))
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        chosen = choose(draft, form)
        if chosen.leave:
            return await self._leave(state, visitor, draft)
        if not visitor.caller.scopes & {"admin"}:
            chosen.aliases.clear()
        problems = chosen.problems
        work = partial(change_draft, state.database, visitor.caller.customer_id, draft, chosen, visitor.user)
        try:
            draft = await anyio.to_thread.run_sync(work, limiter=state.import_places)
        except UnreadableFileError as error:
            problems = [*problems, Problem("mapper.problems.unreadable", error.message)]
        if problems:
            return await _columns(request, state, visitor, draft, problems)
        if form.get("go") == "import" and may_load(draft):
            return await _load(state, visitor, draft, str(draft.version))
        onwards = "/preview" if may_preview(draft) else "?open=true"
        return go_to(_path(draft, onwards if form.get("go") else ""))

    @get("/preview")
    async def preview(
        self, draft_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """What an import would do, line by line."""
        draft = await _draft(state, visitor, draft_id)
        if draft.imported_as is not None or not may_preview(draft):
            return _came_of(draft) or go_to(_path(draft))
        work = partial(preview_draft, state.engine, state.database, visitor.caller.customer_id, draft)
        preview = await anyio.to_thread.run_sync(work, limiter=state.import_places)
        return page(request, "mapper/preview.html", draft=draft, preview=preview)

    @get("/preview/changes")
    async def all_changes(
        self, draft_id: FromPath[UUID], visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """Every change that an import would make, as a CSV; the preview shows the first of them."""
        return await _file(state, visitor, draft_id, PreviewPart.CHANGES)

    @get("/preview/rejected")
    async def all_rejected(
        self, draft_id: FromPath[UUID], visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """Every row that an import would refuse, as a CSV; the preview shows the first of them."""
        return await _file(state, visitor, draft_id, PreviewPart.REJECTED)

    @post("/cells")
    async def correct(
        self, draft_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """Cells of rejected rows as a person corrected them."""
        draft = await _draft(state, visitor, draft_id)
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        cells = corrections_of(form, draft.outline.analysis.sheet, draft.options.corrections)
        options = msgspec.structs.replace(draft.options, corrections=cells)
        if draft.imported_as is None and options != draft.options:
            work = partial(
                drafts.change_draft, state.database, visitor.caller.customer_id, draft, options, draft.answered
            )
            await anyio.to_thread.run_sync(work, limiter=state.import_places)
        return go_to(_path(draft, "/preview"))

    @post("/import")
    async def load(
        self, draft_id: FromPath[UUID], request: _Request, visitor: NamedDependency[Visitor], state: State
    ) -> Response[Any]:
        """Load it, as it was previewed."""
        draft = await _draft(state, visitor, draft_id)
        return await _load(state, visitor, draft, str((await request.form()).get("version", "")))

    @post("/discard")
    async def discard(self, draft_id: FromPath[UUID], visitor: NamedDependency[Visitor], state: State) -> Response[Any]:
        """Forget the draft; an import that waited for review goes on waiting."""
        return await self._leave(state, visitor, await _draft(state, visitor, draft_id))

    async def _leave(self, state: State, visitor: Visitor, draft: Draft) -> Response[Any]:
        def inside() -> None:
            with state.database.tenant(visitor.caller.customer_id) as connection:
                drafts.discard_draft(connection, draft.id)

        await anyio.to_thread.run_sync(inside)
        return go_to(_import_path(draft.reviewed_import) if draft.reviewed_import else START)


async def _draft(state: State, visitor: Visitor, draft_id: UUID) -> Draft:
    return await anyio.to_thread.run_sync(read_draft, state.database, visitor.caller.customer_id, draft_id)


async def _file(state: State, visitor: Visitor, draft_id: UUID, part: PreviewPart) -> Response[Any]:
    draft = await _draft(state, visitor, draft_id)
    if draft.imported_as is not None or not may_preview(draft):
        return _came_of(draft) or go_to(_path(draft))
    write = partial(write_preview, state.engine, visitor.caller.customer_id, draft, part)
    return await attachment(write, FileFormat.CSV, state.import_places)


async def _load(state: State, visitor: Visitor, draft: Draft, version: str) -> Response[Any]:
    work = partial(import_draft, state.engine, state.database, visitor.caller.customer_id, draft, version, visitor.user)
    result = await anyio.to_thread.run_sync(work, limiter=state.import_places)
    return go_to(_import_path(result.import_id) if result.status.loads else _path(draft, "/preview"))


def _path(draft: Draft, below: str = "") -> str:
    return f"/fpa/import/drafts/{draft.id}{below}"


def _import_path(import_id: UUID) -> str:
    return f"/fpa/import/imports/{import_id}"


def _came_of(draft: Draft) -> Response[Any] | None:
    return go_to(_import_path(draft.imported_as)) if draft.imported_as is not None else None


async def _columns(
    request: _Request, state: State, visitor: Visitor, draft: Draft, problems: list[Problem]
) -> Response[str]:
    outline = draft.outline
    said = await anyio.to_thread.run_sync(read_said_before, state.database, visitor.caller.customer_id)
    return page(
        request,
        "mapper/columns.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
        draft=draft,
        analysis=outline.analysis,
        outline=outline,
        blocks=column_blocks(outline, draft.options),
        tones=column_tones(outline),
        letters=column_names(outline),
        fields=list(TargetField),
        modes=list(ImportMode),
        questions=open_questions(draft),
        doubted=is_doubted(draft),
        ready=may_preview(draft),
        certain=may_load(draft),
        suggested=suggestions(said, visitor.customer_name),
        needs_another_file=NEEDS_ANOTHER_FILE,
        problems=problems,
    )
