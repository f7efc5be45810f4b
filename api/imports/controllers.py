"""``GET /api/imports/history``, ``/waiting``, ``/{id}``, its ``/errors`` and its ``/changes``."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import anyio
from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from api.attachments import ATTACHMENT, attachment
from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_cursor, strange_cursor
from api.imports.examples import CHANGES, ERRORS, HISTORY, IMPORT, WAITING
from api.imports.schemas import ChangesPage, HistoryPage
from api.imports.work import read_changes, read_errors, read_import, read_waiting
from api.json_text import JsonResponse
from api.parameters import CustomerId
from api.problems import problems
from budget_sync.domain.fields import FileFormat
from budget_sync.importing.error_file import write_error_file
from budget_sync.importing.history_row import HistoryPlace
from budget_sync.importing.result import ImportRecord

LARGEST_HISTORY = 500
MOST_CHANGES = 10_000
_PROBLEMS = problems(400, 401, 403, 404, 503)


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
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> HistoryPage:
        """The newest imports first."""
        require_own(caller, customer_id)
        before = _place(read_cursor(cursor, 2))
        records = await anyio.to_thread.run_sync(state.engine.history, caller.customer_id, limit + 1, before)
        return HistoryPage(*page_of(records, limit, _keys))

    @get(
        "/waiting",
        opt={"scope": "read"},
        operation_id="listWaitingImports",
        summary="What waits for a person",
        responses=WAITING | problems(400, 401, 403, 503),
    )
    async def waiting(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Annotated[int, QueryParameter(name="limit", ge=1, le=LARGEST_HISTORY)] = 50,
    ) -> dict[str, Any]:
        """The oldest first, each with its questions; confirm or decline it."""
        require_own(caller, customer_id)
        return await anyio.to_thread.run_sync(read_waiting, state.engine, caller.customer_id, limit)

    @get(
        "/{import_id:uuid}",
        opt={"scope": "read"},
        operation_id="readImport",
        summary="One import",
        responses=IMPORT | _PROBLEMS,
    )
    async def read(self, import_id: FromPath[UUID], caller: NamedDependency[Caller], state: State) -> dict[str, Any]:
        """How it went, how the file was understood, and what it asks where it waits for review."""
        return await anyio.to_thread.run_sync(read_import, state.engine, caller.customer_id, import_id)

    @get(
        "/{import_id:uuid}/errors",
        opt={"scope": "read", ATTACHMENT: True},
        operation_id="listImportErrors",
        summary="The rejected rows of an import",
        responses=ERRORS | _PROBLEMS | problems(409),
    )
    async def errors(
        self,
        import_id: FromPath[UUID],
        caller: NamedDependency[Caller],
        state: State,
        limit: Annotated[int, QueryParameter(name="limit", ge=1, le=LARGEST_HISTORY)] = 100,
        after: Annotated[int, QueryParameter(name="after", ge=0, le=2**31 - 1, description="nextAfter of a page")] = 0,
        file_format: Annotated[FileFormat | None, QueryParameter(name="format")] = None,
    ) -> Response[Any]:
        """Each bad cell with where it is, what stands in it, and what to do.

        With ``format`` all rejected rows as a file in the sender's own columns: corrected and sent again, it loads.
        """
        if file_format is not None:
            write = partial(write_error_file, state.database, caller.customer_id, import_id, file_format)
            return await attachment(write, file_format, state.import_places)
        work = partial(read_errors, state.engine, state.database, caller.customer_id, import_id, after, limit)
        return JsonResponse(await anyio.to_thread.run_sync(work))

    @get(
        "/{import_id:uuid}/changes",
        opt={"scope": "read"},
        operation_id="listImportChanges",
        summary="What an import changed",
        responses=CHANGES | _PROBLEMS,
    )
    async def changes(
        self,
        import_id: FromPath[UUID],
        caller: NamedDependency[Caller],
        state: State,
        limit: Annotated[int, QueryParameter(name="limit", ge=1, le=MOST_CHANGES)] = 1_000,
    ) -> ChangesPage:
        """Line by line, before and after, with the totals by department and period."""
        return await anyio.to_thread.run_sync(read_changes, state.engine, caller.customer_id, import_id, limit)


def _keys(record: ImportRecord) -> tuple[str, ...]:
    return record.received_at.isoformat(), str(record.import_id)


def _place(keys: tuple[str, ...] | None) -> HistoryPlace | None:
    if keys is None:
        return None
    try:
        return HistoryPlace(datetime.fromisoformat(keys[0]).astimezone(UTC), UUID(keys[1]))
    except (ValueError, OverflowError) as error:
        raise strange_cursor() from error
