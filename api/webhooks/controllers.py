"""``/api/webhooks``: who is told of a customer's events, what was sent, and once more by hand."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_id
from api.etags import etag, wanted_version
from api.json_text import JsonBody, JsonResponse
from api.parameters import CustomerId
from api.problems import problems
from api.transactions import in_transaction
from api.webhooks.examples import DELIVERIES, WEBHOOK, WEBHOOK_BODIES, WEBHOOK_CHANGES, WEBHOOKS, secret_answer
from api.webhooks.schemas import DeliveriesPage, NewSecret, WebhookBody, WebhookChange, WebhooksPage
from budget_sync.database import Connection
from budget_sync.notification import deliveries, endpoints
from budget_sync.notification.endpoints import Endpoint
from budget_sync.sources.master_keys import open_keyring


class WebhooksController(Controller):
    """Signed as Standard Webhooks say; ten attempts over three days; 410 switches a webhook off."""

    path = "/api/webhooks"
    tags = ("Administration",)
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listWebhooks", summary="List webhooks", responses=WEBHOOKS | problems(400, 401, 403, 503))
    async def webhooks(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> WebhooksPage:
        """The oldest first."""
        require_own(caller, customer_id)
        after = read_id(cursor)
        found = await in_transaction(state, caller, lambda each: endpoints.list_endpoints(each, limit + 1, after))
        return WebhooksPage(*page_of(found, limit, lambda webhook: (str(webhook.id),)))

    @post(
        dto=JsonBody[WebhookBody],
        return_dto=None,
        operation_id="createWebhook",
        summary="Be told of events",
        responses=secret_answer(201) | problems(400, 401, 403, 413, 415, 503),
    )
    async def create(
        self, data: Annotated[WebhookBody, Body(examples=WEBHOOK_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[NewSecret]:
        """The secret is shown this once."""
        require_own(caller, data.customer_id)
        wish, keyring = data.wish(), open_keyring(state.settings)

        def work(connection: Connection) -> NewSecret:
            made = endpoints.create_endpoint(connection, caller.customer_id, wish, keyring, caller.key_id)
            return NewSecret(*made)

        made = await in_transaction(state, caller, work)
        return JsonResponse(made, status_code=201, headers=etag(made.webhook.version))

    @get(
        "/{webhook_id:uuid}",
        operation_id="readWebhook",
        summary="Read one webhook",
        responses=WEBHOOK | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, webhook_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[Endpoint]:
        """With the ETag that a change must name."""
        found = await in_transaction(state, caller, lambda each: endpoints.read_endpoint(each, webhook_id))
        return JsonResponse(found, headers=etag(found.version))

    @patch(
        "/{webhook_id:uuid}",
        dto=JsonBody[WebhookChange],
        return_dto=None,
        operation_id="changeWebhook",
        summary="Change a webhook",
        responses=WEBHOOK | problems(400, 401, 403, 404, 412, 413, 415, 503),
    )
    async def change(
        self,
        webhook_id: FromPath[UUID],
        data: Annotated[WebhookChange, Body(examples=WEBHOOK_CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[Endpoint]:
        """One that is switched on again sends what waited meanwhile. If-Match names the version."""
        version = wanted_version(request)

        def work(connection: Connection) -> Endpoint:
            wish = data.wish(endpoints.read_endpoint(connection, webhook_id, version))
            return endpoints.change_endpoint(connection, webhook_id, version, wish, caller.key_id)

        changed = await in_transaction(state, caller, work)
        return JsonResponse(changed, headers=etag(changed.version))

    @delete(
        "/{webhook_id:uuid}",
        operation_id="deleteWebhook",
        summary="Delete a webhook",
        responses=problems(400, 401, 403, 404, 412, 503),
    )
    async def delete(
        self,
        webhook_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """With what was not delivered to it. If-Match names the version."""
        version = wanted_version(request)
        await in_transaction(
            state, caller, lambda each: endpoints.delete_endpoint(each, webhook_id, version, caller.key_id)
        )

    @post(
        "/{webhook_id:uuid}/rotate-secret",
        status_code=200,
        operation_id="rotateWebhookSecret",
        summary="Replace the secret",
        responses=secret_answer(200) | problems(400, 401, 403, 404, 503),
    )
    async def rotate_secret(
        self, webhook_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[NewSecret]:
        """For a day both sign."""
        keyring = open_keyring(state.settings)

        def work(connection: Connection) -> NewSecret:
            made = endpoints.replace_secret(connection, caller.customer_id, webhook_id, keyring, caller.key_id)
            return NewSecret(*made)

        made = await in_transaction(state, caller, work)
        return JsonResponse(made, headers=etag(made.webhook.version))

    @get(
        "/{webhook_id:uuid}/deliveries",
        operation_id="listWebhookDeliveries",
        summary="What was sent",
        responses=DELIVERIES | problems(400, 401, 403, 404, 503),
    )
    async def deliveries(
        self,
        webhook_id: FromPath[UUID],
        caller: NamedDependency[Caller],
        state: State,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> DeliveriesPage:
        """The newest first, each attempt with the receiver's status."""
        before = read_id(cursor)

        def work(connection: Connection) -> list[deliveries.Delivery]:
            endpoints.read_endpoint(connection, webhook_id)
            return list(deliveries.list_deliveries(connection, webhook_id, limit + 1, before))

        found = await in_transaction(state, caller, work)
        return DeliveriesPage(*page_of(found, limit, lambda delivery: (str(delivery.id),)))

    @post(
        "/{webhook_id:uuid}/deliveries/{delivery_id:uuid}/replay",
        status_code=202,
        operation_id="replayWebhookDelivery",
        summary="Deliver once more",
        responses=problems(400, 401, 403, 404, 503),
    )
    async def replay(
        self,
        webhook_id: FromPath[UUID],
        delivery_id: FromPath[UUID],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """From the first attempt on, with the ``webhook-id`` that the receiver knows."""
        await in_transaction(state, caller, lambda each: deliveries.replay(each, webhook_id, delivery_id))
