"""``/api/keys``: who may call for a customer, for its administrators and for operators."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.params import Body, FromPath

from api.administrators import administrator
from api.cursors import Cursor, Limit, page_of, read_id
from api.etags import etag, wanted_version
from api.json_text import JsonBody, JsonResponse
from api.keys.examples import KEY, KEY_BODIES, KEY_CHANGES, KEYS, MADE_KEY, ROTATIONS
from api.keys.schemas import KeyBody, KeyChange, KeysPage, RotateBody
from api.parameters import CustomerId
from api.problems import problems
from api.transactions import in_transaction
from budget_sync.database import Connection
from budget_sync.importing.key_records import (
    KeyRecord,
    MadeKey,
    change_key,
    list_key_records,
    make_key,
    read_key,
    revoke,
    rotate,
)


class KeysController(Controller):
    """A key is shown once, when it is made; an operator names the customer whose keys are meant."""

    path = "/api/keys"
    tags = ("Administration",)
    opt = {"scope": "admin", "operator_too": True}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listKeys", summary="List keys", responses=KEYS | problems(400, 401, 403, 404, 503))
    async def page(
        self,
        request: Request[Any, Any, Any],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> KeysPage:
        """The newest first, revoked ones too; what is used of them is a few seconds behind."""
        admin = await administrator(request, customer_id)
        before = read_id(cursor)
        found = await in_transaction(state, admin, partial(list_key_records, limit=limit + 1, before=before))
        return KeysPage(*page_of(found, limit, lambda record: (str(record.id),)))

    @post(
        dto=JsonBody[KeyBody],
        return_dto=None,
        operation_id="createKey",
        summary="Make a key",
        responses=MADE_KEY | problems(400, 401, 403, 404, 413, 415, 503),
    )
    async def create(
        self, data: Annotated[KeyBody, Body(examples=KEY_BODIES)], request: Request[Any, Any, Any], state: State
    ) -> Response[MadeKey]:
        """The answer alone shows the key: only a digest of it is kept."""
        admin = await administrator(request, data.customer_id)
        work = partial(make_key, pepper=_pepper(state), terms=data.terms(), actor=admin.actor)
        made = await in_transaction(state, admin, work)
        return JsonResponse(made, status_code=201, headers=etag(made.record.version))

    @get(
        "/{record_id:uuid}",
        operation_id="readKey",
        summary="Read one key",
        responses=KEY | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self,
        record_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        state: State,
        customer_id: CustomerId = None,
    ) -> Response[KeyRecord]:
        """With the ETag that a change must name."""
        admin = await administrator(request, customer_id)
        record = await in_transaction(state, admin, partial(read_key, record_id=record_id))
        return JsonResponse(record, headers=etag(record.version))

    @patch(
        "/{record_id:uuid}",
        dto=JsonBody[KeyChange],
        return_dto=None,
        operation_id="changeKey",
        summary="Change a key",
        responses=KEY | problems(400, 401, 403, 404, 409, 412, 413, 415, 503),
    )
    async def change(
        self,
        record_id: FromPath[UUID],
        data: Annotated[KeyChange, Body(examples=KEY_CHANGES)],
        request: Request[Any, Any, Any],
        state: State,
        customer_id: CustomerId = None,
    ) -> Response[KeyRecord]:
        """Its label, scopes or end. If-Match names the version; every worker knows within seconds."""
        version = wanted_version(request)
        admin = await administrator(request, customer_id)

        def work(connection: Connection) -> KeyRecord:
            terms = data.terms(read_key(connection, record_id))
            return change_key(connection, record_id, version, terms, admin.actor)

        record = await in_transaction(state, admin, work)
        return JsonResponse(record, headers=etag(record.version))

    @delete(
        "/{record_id:uuid}",
        operation_id="revokeKey",
        summary="Revoke a key",
        responses=problems(400, 401, 403, 404, 503),
    )
    async def revoke(
        self,
        record_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        state: State,
        customer_id: CustomerId = None,
    ) -> None:
        """For good, on every worker within five seconds; twice is no error. The record stays."""
        admin = await administrator(request, customer_id)
        await in_transaction(state, admin, partial(revoke, record_id=record_id, actor=admin.actor))

    @post(
        "/{record_id:uuid}/rotate",
        dto=JsonBody[RotateBody],
        return_dto=None,
        operation_id="rotateKey",
        summary="Put a new key in the place of one",
        responses=MADE_KEY | problems(400, 401, 403, 404, 409, 413, 415, 503),
    )
    async def rotate(
        self,
        record_id: FromPath[UUID],
        data: Annotated[RotateBody, Body(examples=ROTATIONS)],
        request: Request[Any, Any, Any],
        state: State,
    ) -> Response[MadeKey]:
        """With the same label, scopes and end; the old one stays good for the time of grace."""
        admin = await administrator(request, data.customer_id)
        work = partial(rotate, pepper=_pepper(state), record_id=record_id, grace=data.grace(), actor=admin.actor)
        made = await in_transaction(state, admin, work)
        return JsonResponse(made, status_code=201, headers=etag(made.record.version))


def _pepper(state: State) -> bytes:
    pepper: bytes = state.settings.secret_bytes("key_pepper")
    return pepper
