"""``/api/value-aliases``: what a person answered about names that are nearly known ones."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

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
from api.transactions import in_transaction
from api.value_aliases.examples import ALIAS_BODIES, ALIAS_CHANGES, ALIASES, alias_answer
from api.value_aliases.schemas import AliasBody, AliasChange, AliasesPage
from budget_sync.importing.value_aliases import (
    ValueAlias,
    change_alias,
    create_alias,
    delete_alias,
    list_aliases,
    place_of,
    read_alias,
)

_ADMIN = {"scope": "admin"}


class ValueAliasesController(Controller):
    """A spelling stands for a department or a sub-category; imports use it with a note, and keep what was written."""

    path = "/api/value-aliases"
    tags = ("Administration",)
    opt = {"scope": "read"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listAliases", summary="List aliases", responses=ALIASES | problems(400, 401, 403, 503))
    async def aliases(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> AliasesPage:
        """By field and spelling."""
        require_own(caller, customer_id)
        work = partial(list_aliases, limit=limit + 1, after=read_cursor(cursor, 2))
        return AliasesPage(*page_of(await in_transaction(state, caller, work), limit, place_of))

    @post(
        dto=JsonBody[AliasBody],
        return_dto=None,
        opt=_ADMIN,
        operation_id="createAlias",
        summary="Answer whether a name is a known one",
        responses=alias_answer(201, "The alias") | problems(400, 401, 403, 409, 413, 415, 503),
    )
    async def create(
        self, data: Annotated[AliasBody, Body(examples=ALIAS_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[ValueAlias]:
        """It is used from the next import on; lines that are loaded already stay as they are."""
        require_own(caller, data.customer_id)
        field, alias, name = data.checked()
        work = partial(create_alias, field=field, alias=alias, name=name, user=caller.key_id)
        made = await in_transaction(state, caller, work)
        return JsonResponse(made, status_code=201, headers=etag(made.version))

    @get(
        "/{alias_id:uuid}",
        operation_id="readAlias",
        summary="Read one alias",
        responses=alias_answer(200, "The alias") | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, alias_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[ValueAlias]:
        """With the ETag that a change must name, who answered, and when."""
        found = await in_transaction(state, caller, partial(read_alias, alias_id=alias_id))
        return JsonResponse(found, headers=etag(found.version))

    @patch(
        "/{alias_id:uuid}",
        dto=JsonBody[AliasChange],
        return_dto=None,
        opt=_ADMIN,
        operation_id="changeAlias",
        summary="Let it stand for another name",
        responses=alias_answer(200, "The alias now") | problems(400, 401, 403, 404, 412, 413, 415, 503),
    )
    async def change(
        self,
        alias_id: FromPath[UUID],
        data: Annotated[AliasChange, Body(examples=ALIAS_CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[ValueAlias]:
        """From the next import on. If-Match names the version that it was made from."""
        work = partial(
            change_alias,
            alias_id=alias_id,
            version=wanted_version(request),
            name=data.checked_name(),
            user=caller.key_id,
        )
        changed = await in_transaction(state, caller, work)
        return JsonResponse(changed, headers=etag(changed.version))

    @delete(
        "/{alias_id:uuid}",
        opt=_ADMIN,
        operation_id="deleteAlias",
        summary="Forget an alias",
        responses=problems(400, 401, 403, 404, 412, 503),
    )
    async def delete(
        self,
        alias_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """A later file that bears the spelling is asked about again."""
        version = wanted_version(request)
        work = partial(delete_alias, alias_id=alias_id, version=version, user=caller.key_id)
        await in_transaction(state, caller, work)
