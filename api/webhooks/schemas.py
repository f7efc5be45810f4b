"""Webhooks as they stand on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from budget_sync.approval.request import request_name
from budget_sync.notification.deliveries import Delivery
from budget_sync.notification.endpoints import Endpoint, EndpointWish
from budget_sync.notification.events import EventType

_LONGEST_URL = 2_000
_Url = Annotated[str, msgspec.Meta(min_length=8, max_length=_LONGEST_URL)]
_Events = Annotated[list[EventType], msgspec.Meta(min_length=1, max_length=50)]
_Description = Annotated[str, msgspec.Meta(max_length=200)]


class WebhookBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new webhook. ``events`` absent: all that there are."""

    url: _Url
    events: _Events | None = None
    description: _Description = ""
    customer_id: UUID | None = None

    def wish(self) -> EndpointWish:
        """How it shall be.

        Raises:
            InvalidRequestError: the description holds a control character.
        """
        return EndpointWish(self.url, self.events or list(EventType), _checked(self.description))


class WebhookChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What changes; what is absent stays."""

    url: _Url | None = None
    events: _Events | None = None
    description: _Description | None = None
    active: bool | None = None

    def wish(self, endpoint: Endpoint) -> EndpointWish:
        """How it shall be then.

        Raises:
            InvalidRequestError: the description holds a control character.
        """
        return EndpointWish(
            self.url or endpoint.url,
            self.events or endpoint.events,
            endpoint.description if self.description is None else _checked(self.description),
            endpoint.active if self.active is None else self.active,
        )


class NewSecret(msgspec.Struct, frozen=True, rename="camel"):
    """``secret`` is shown this once; the receiver checks signatures with it (Standard Webhooks)."""

    webhook: Endpoint
    secret: str
    success: bool = True


class WebhooksPage(msgspec.Struct, frozen=True, rename="camel"):
    """The oldest first; ``next_cursor`` None: it is the last page."""

    webhooks: list[Endpoint]
    count: int
    next_cursor: str | None
    success: bool = True


class DeliveriesPage(msgspec.Struct, frozen=True, rename="camel"):
    """The newest first, each with what was sent and how each attempt went."""

    deliveries: list[Delivery]
    count: int
    next_cursor: str | None
    success: bool = True


def _checked(description: str) -> str:
    return request_name(description, "description") if description else ""
