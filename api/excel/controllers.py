"""``POST /api/excel/analyze`` and ``POST /api/excel/import``."""

from functools import partial
from typing import Annotated, Any

import anyio
from litestar import Controller, Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, MultipartBody

from api.authentication import Caller, require_own
from api.excel.examples import ANALYSIS, IMPORT_ANSWERS, IMPORT_BODIES
from api.excel.file_names import shown_file_name
from api.excel.schemas import AnalyzeForm, ImportRequest
from api.excel.work import analyze_upload, import_table
from api.imports.keyed import keyed_import
from api.json_text import JsonBody
from api.problems import problems


class ExcelController(Controller):
    """Files that people upload. The bytes decide what a file is, never its name."""

    path = "/api/excel"
    tags = ("Uploads",)

    @post(
        "/analyze",
        status_code=200,
        opt={"scope": "import"},
        operation_id="analyzeFile",
        summary="Understand a file, load nothing",
        responses=ANALYSIS | problems(400, 401, 403, 413, 422, 503),
    )
    async def analyze(
        self, data: MultipartBody[AnalyzeForm], caller: NamedDependency[Caller], state: State
    ) -> dict[str, Any]:
        """Which column is what, how sure, what kind of file, what to ask. The file is kept; ``uploadId`` names it."""
        require_own(caller, data.customerId)
        content = await data.file.read()
        name = shown_file_name(data.file.filename)
        work = partial(analyze_upload, state.engine, caller.customer_id, name, content, data.checked_sheet())
        return await anyio.to_thread.run_sync(work, limiter=state.import_places)

    @post(
        "/import",
        dto=JsonBody[ImportRequest],
        return_dto=None,
        status_code=200,
        opt={"scope": "import"},
        operation_id="importTable",
        summary="Import a table with the mapping that a person approved",
        responses=IMPORT_ANSWERS | problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    )
    async def import_table(
        self,
        data: Annotated[ImportRequest, Body(examples=IMPORT_BODIES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[Any]:
        """One transaction: all good lines or none. 202 where a person must answer something first.

        With an ``Idempotency-Key`` a repeated request gets the answer of the first.
        """
        require_own(caller, data.customer_id)
        work = partial(import_table, state.engine, caller.customer_id, data, caller.key_id)
        return await keyed_import(request, caller, state, data, work)
