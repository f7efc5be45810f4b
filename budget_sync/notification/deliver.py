"""Carries what is due to its receivers, a few at a time; one that hangs delays the others by its time limit at most.

In: ``Database``, where the program may post to, the operator's own channels. Out: how many were delivered and how many
were not. Several deliverers may run: each delivery is taken by one of them.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, Self
from uuid import UUID

from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError, NotFoundError, UndeliverableError
from budget_sync.notification.deliveries import Attempt, Taken, due, record_delivered, record_failed, take
from budget_sync.notification.endpoints import read_endpoint, signing_secrets
from budget_sync.notification.events import Channel
from budget_sync.notification.guarded_post import Answer, post
from budget_sync.notification.operator_channels import OperatorChannels
from budget_sync.notification.reach import Reach
from budget_sync.notification.sealing import Sealer
from budget_sync.notification.signing import signed_headers

_AT_ONCE: Final = 8
_GOOD: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Counts of one round."""

    delivered: int
    failed: int


@dataclass(frozen=True, slots=True)
class Deliverer:
    """What a round needs."""

    database: Database
    sealer: Sealer
    reach: Reach
    channels: OperatorChannels

    @classmethod
    def of(cls, database: Database, sealer: Sealer) -> Self:
        """As the settings of the database's installation say.

        Raises:
            ConfigurationError: one of them cannot be.
        """
        return cls(database, sealer, Reach.of(database.settings), OperatorChannels.of(database.settings))

    def deliver_due(self, at_most: int) -> Delivered:
        """One round over what is due now."""
        waiting = due(self.database, at_most)
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="deliver") as pool:
            went_well = [each for each in pool.map(self._deliver, waiting) if each is not None]
        return Delivered(sum(went_well), len(went_well) - sum(went_well))

    def _deliver(self, which: tuple[UUID, UUID]) -> bool | None:
        taken = take(self.database, *which)
        if taken is None:
            return None
        began, at = time.monotonic(), datetime.now(UTC)
        status: int | None = None
        try:
            answer = self._send(taken, at)
            status, said = answer.status, answer.begins
        except NotFoundError:
            return None  # the webhook was deleted at this moment, and the delivery with it
        except (UndeliverableError, ConfigurationError) as error:
            said = error.message
        attempt = Attempt(at, status, said, round((time.monotonic() - began) * 1000))
        if status in _GOOD:
            record_delivered(self.database, taken, attempt)
            return True
        record_failed(self.database, taken, attempt, is_gone=status == HTTPStatus.GONE)
        return False

    def _send(self, taken: Taken, at: datetime) -> Answer:
        if taken.endpoint_id is None or taken.channel is not Channel.WEBHOOK:
            return self.channels.send(taken, self.reach)
        with self.database.tenant(taken.customer_id) as connection:
            endpoint = read_endpoint(connection, taken.endpoint_id)
            secrets = signing_secrets(connection, taken.customer_id, taken.endpoint_id, self.sealer)
        headers = signed_headers(secrets, f"msg_{taken.event_id}", at, taken.body)
        headers |= {"content-type": "application/json", "user-agent": "budget_sync"}
        return post(endpoint.url, headers, taken.body.encode(), self.reach)
