"""The outbox and the alerts forget what is over, so that neither grows for ever.

In: ``Database``, an age. Out: how many rows went. A delivery that is still to be made is never forgotten, however old:
its endpoint may be switched on again. Alerts that are found in the database end when their reason does; only those of
single runs have no end of their own.
"""

from datetime import timedelta
from typing import Final

from budget_sync.database import Database
from budget_sync.notification.events import EventType

_FORGET_DELIVERIES: Final = """
DELETE FROM webhook_delivery WHERE id IN (
    SELECT id FROM webhook_delivery WHERE state <> 'waiting' AND created_at < now() - %s
    ORDER BY created_at LIMIT %s FOR UPDATE SKIP LOCKED)
"""
_FORGET_ALERTS: Final = "DELETE FROM alert WHERE kind = %s AND raised_at < now() - %s"


def forget_old(database: Database, *, older_than: timedelta, most_a_customer: int) -> int:
    """Forget what all customers were told so long ago; ``most_a_customer``: deliveries at once, the oldest first."""
    forgotten = 0
    for customer_id in database.customer_ids():
        with database.tenant(customer_id) as connection:
            forgotten += connection.execute(_FORGET_DELIVERIES, (older_than, most_a_customer)).rowcount
            forgotten += connection.execute(_FORGET_ALERTS, (EventType.RUN_FAILED.value, older_than)).rowcount
    return forgotten
