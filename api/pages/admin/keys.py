"""``/admin/keys``: who may call for the customer. A new key is shown once, on the page that answers its form."""

from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.json_text import decode_body
from api.keys.schemas import KeyBody
from api.pages.admin.frame import admin_page, answer_form, answer_form_once
from api.pages.visitors import Visitor
from api.transactions import in_transaction
from budget_sync.domain.errors import BudgetSyncError, InvalidRequestError
from budget_sync.importing.key_records import MadeKey, list_key_records, make_key, revoke
from budget_sync.importing.key_text import SCOPES

_PATH = "/admin/keys"
_LISTED = 200
_body = msgspec.json.Decoder(KeyBody)
_Request = Request[Any, Any, Any]


class KeysPages(Controller):
    """For administrators."""

    path = _PATH
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def list(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """The newest first."""
        return await _list(request, visitor, state)

    @post(status_code=200)
    async def create(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """The list with the new key above it, this once."""

        async def work() -> MadeKey:
            terms = (await _asked(request)).terms()
            pepper = state.settings.secret_bytes("key_pepper")
            make = partial(make_key, pepper=pepper, terms=terms, actor=visitor.caller.key_id)
            return await in_transaction(state, visitor.caller, make)

        return await answer_form_once(work(), partial(_list, request, visitor, state), "made")

    @post("/{record_id:uuid}/revoke", status_code=200)
    async def revoke(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, record_id: FromPath[UUID]
    ) -> Response[Any]:
        """Worthless from now on."""
        end = partial(revoke, record_id=record_id, actor=visitor.caller.key_id)
        work = in_transaction(state, visitor.caller, end)
        return await answer_form(work, partial(_list, request, visitor, state), _PATH)


async def _asked(request: _Request) -> KeyBody:
    form = await request.form()
    members: dict[str, Any] = {"label": str(form.get("label", "")).strip(), "scopes": form.getall("scopes", [])}
    if until := str(form.get("until", "")):
        members["expiresAt"] = _end_of(until)
    return decode_body(_body, msgspec.json.encode(members))


def _end_of(day: str) -> datetime:
    """The last moment of a day in UTC, which is what people mean by "until"."""
    try:
        return datetime.combine(date.fromisoformat(day), time.max, UTC)
    except ValueError as error:
        raise InvalidRequestError("The last day must be a date.", field="until") from error


async def _list(
    request: _Request,
    visitor: Visitor,
    state: State,
    refused: BudgetSyncError | None = None,
    made: MadeKey | None = None,
) -> Response[str]:
    records = await in_transaction(state, visitor.caller, partial(list_key_records, limit=_LISTED))
    return await admin_page(
        request, "admin/keys.html", refused, records=records, made=made, scopes=SCOPES, now=datetime.now(UTC)
    )
