"""Files that a browser sends: one becomes a draft to look at, several become drafts in a list; or they load at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import anyio
from litestar import Request
from litestar.datastructures import State, UploadFile

from api.excel.file_names import shown_file_name
from api.excel.work import import_file
from api.pages.visitors import Visitor
from budget_sync.domain.errors import UnreadableFileError
from budget_sync.importing.drafts import start_draft

_DRAFT = "/fpa/import/drafts/{}"
_IMPORT = "/fpa/import/imports/{}"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: where to look at it, or why it was not taken."""

    file_name: str
    path: str = ""
    refusal: str = ""


async def receive_files(request: Request[Any, Any, Any], visitor: Visitor, state: State) -> list[Received]:
    """Each file of the form, in its order; one that cannot be read does not hinder the others."""
    form = await request.form()
    at_once = form.get("at_once") == "true"
    return [await _receive(file, visitor, state, at_once=at_once) for file in _files(form.getall("files", []))]


def _files(members: Iterable[object]) -> list[UploadFile]:
    """A form without a file bears one without a name."""
    return [member for member in members if isinstance(member, UploadFile) and member.filename]


async def _receive(file: UploadFile, visitor: Visitor, state: State, *, at_once: bool) -> Received:
    name = shown_file_name(file.filename)
    content = await file.read()
    customer_id, user = visitor.caller.customer_id, visitor.user
    work = partial(_load, state, customer_id, user) if at_once else partial(_look_at, state, customer_id, user)
    try:
        path = await anyio.to_thread.run_sync(work, name, content, limiter=state.import_places)
    except UnreadableFileError as error:
        return Received(name, refusal=error.message)
    return Received(name, path)


def _look_at(state: State, customer_id: UUID, user: str, name: str, content: bytes) -> str:
    return _DRAFT.format(start_draft(state.database, customer_id, name, content, user).id)


def _load(state: State, customer_id: UUID, user: str, name: str, content: bytes) -> str:
    result = import_file(state.engine, customer_id, name, content, None, user)
    return _IMPORT.format(result.import_id)
