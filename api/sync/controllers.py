"""``POST /api/sync/upload``."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import MultipartBody

from api.authentication import Caller, require_own
from api.excel.examples import IMPORT_ANSWERS
from api.excel.file_names import shown_file_name
from api.excel.schemas import AnalyzeForm
from api.excel.work import import_file
from api.imports.keyed import keyed_import
from api.problems import problems
from budget_sync.importing.file_store import content_digest


class Upload(msgspec.Struct, frozen=True):
    """What makes two uploads under one key the same."""

    customer_id: UUID
    file_name: str
    sha256: str
    sheet: str | None
    user: str | None


class SyncController(Controller):
    """What a program sends: analysed and imported in one call."""

    path = "/api/sync"
    tags = ("Uploads",)

    @post(
        "/upload",
        status_code=200,
        opt={"scope": "import"},
        operation_id="uploadFile",
        summary="Analyse and import a file in one call",
        responses=IMPORT_ANSWERS | problems(400, 401, 403, 409, 413, 422, 503),
    )
    async def upload(
        self,
        data: MultipartBody[AnalyzeForm],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[Any]:
        """Loaded where everything is certain; else 202, and the import waits with its questions to be confirmed.

        With an ``Idempotency-Key`` a repeated request gets the answer of the first.
        """
        require_own(caller, data.customerId)
        content = await data.file.read()
        name = shown_file_name(data.file.filename)
        sheet, user = data.checked_sheet(), data.checked_user(caller.key_id)
        work = partial(import_file, state.engine, caller.customer_id, name, content, sheet, user)
        asked = Upload(caller.customer_id, name, content_digest(content), sheet, data.userId)
        return await keyed_import(request, caller, state, asked, work)
