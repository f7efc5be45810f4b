"""``/admin/webhooks``: who is told of a customer's events, and what became of what was sent."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.json_text import decode_body
from api.pages.admin.frame import Wanted, admin_page, answer_form, answer_form_once, form_version
from api.pages.visitors import Visitor
from api.transactions import in_transaction
from api.webhooks.schemas import WebhookBody, WebhookChange
from budget_sync.database import Connection
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.notification import deliveries, endpoints
from budget_sync.notification.deliveries import Delivery
from budget_sync.notification.endpoints import Endpoint
from budget_sync.notification.events import EventType
from budget_sync.sources.master_keys import open_keyring

_PATH = "/admin/webhooks"
_LISTED = 100
_SENT = 10
_body = msgspec.json.Decoder(WebhookBody)
_Request = Request[Any, Any, Any]


class WebhooksPages(Controller):
    """For administrators."""

    path = _PATH
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def list(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """The oldest first, each with what was sent last."""
        return await _list(request, visitor, state)

    @post(status_code=200)
    async def create(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """The list with the new secret above it, this once."""
        caller, keyring = visitor.caller, open_keyring(state.settings)
        form = await request.form()
        members: dict[str, Any] = {name: str(form.get(name, "")).strip() for name in ("url", "description")}
        if events := form.getall("events", []):
            members["events"] = events

        async def work() -> str:
            wish = decode_body(_body, msgspec.json.encode(members)).wish()
            _, secret = await in_transaction(
                state,
                caller,
                lambda each: endpoints.create_endpoint(each, caller.customer_id, wish, keyring, caller.key_id),
            )
            return secret

        return await answer_form_once(work(), partial(_list, request, visitor, state), "secret")

    @post("/{webhook_id:uuid}/secret", status_code=200)
    async def secret(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, webhook_id: FromPath[UUID]
    ) -> Response[str]:
        """Another secret; for a day both sign."""
        caller, keyring = visitor.caller, open_keyring(state.settings)

        async def work() -> str:
            _, secret = await in_transaction(
                state,
                caller,
                lambda each: endpoints.replace_secret(each, caller.customer_id, webhook_id, keyring, caller.key_id),
            )
            return secret

        return await answer_form_once(work(), partial(_list, request, visitor, state), "secret")

    @post("/{webhook_id:uuid}/deliveries/{delivery_id:uuid}/replay", status_code=200)
    async def replay(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        webhook_id: FromPath[UUID],
        delivery_id: FromPath[UUID],
    ) -> Response[Any]:
        """Once more, from the first attempt on."""
        work = in_transaction(state, visitor.caller, lambda each: deliveries.replay(each, webhook_id, delivery_id))
        return await answer_form(work, partial(_list, request, visitor, state), _PATH)

    @post("/{webhook_id:uuid}/{wanted:str}", status_code=200)
    async def change(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        webhook_id: FromPath[UUID],
        wanted: FromPath[Wanted],
    ) -> Response[Any]:
        """``pause`` or ``resume`` it, or ``delete`` it, if nobody else changed it meanwhile."""
        caller = visitor.caller

        async def work() -> None:
            version = await form_version(request)
            await in_transaction(state, caller, _changing(webhook_id, version, wanted, caller.key_id))

        return await answer_form(work(), partial(_list, request, visitor, state), _PATH)


def _changing(webhook_id: UUID, version: int, wanted: Wanted, actor: str) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        if wanted is Wanted.DELETE:
            endpoints.delete_endpoint(connection, webhook_id, version, actor)
            return
        change = WebhookChange(active=wanted is Wanted.RESUME)
        wish = change.wish(endpoints.read_endpoint(connection, webhook_id, version))
        endpoints.change_endpoint(connection, webhook_id, version, wish, actor)

    return change


async def _list(
    request: _Request,
    visitor: Visitor,
    state: State,
    refused: BudgetSyncError | None = None,
    secret: str | None = None,
) -> Response[str]:
    def read(connection: Connection) -> list[tuple[Endpoint, list[Delivery]]]:
        found = endpoints.list_endpoints(connection, _LISTED)
        return [(each, list(deliveries.list_deliveries(connection, each.id, _SENT))) for each in found]

    webhooks = await in_transaction(state, visitor.caller, read)
    return await admin_page(
        request, "admin/webhooks.html", refused, webhooks=webhooks, secret=secret, events=list(EventType)
    )
