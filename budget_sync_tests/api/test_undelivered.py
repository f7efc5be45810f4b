"""What is due and not delivered is counted for the metrics, so that a daemon that is down is seen."""

import asyncio

from prometheus_client import REGISTRY

from api.connections import Connections
from api.undelivered import count_undelivered
from budget_sync.database import Database
from budget_sync.importing.customers import Customer

_INSERT = """
INSERT INTO webhook_delivery (customer_id, channel, event_id, event_type, body, state, next_at)
SELECT %s, 'mail', uuidv7(), 'budget.alert.run_failed', '{}', state, now() + later * interval '1 hour'
FROM (VALUES ('waiting', -1), ('waiting', -2), ('waiting', 1), ('delivered', -1)) AS told (state, later)
"""


def test_what_is_due_is_counted_and_what_is_due_later_is_not(database: Database, customer: Customer) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute(_INSERT, (customer.id,))

    async def scene() -> int:
        connections = Connections(database.app_conninfo, 1)
        try:
            return await count_undelivered(connections)
        finally:
            await connections.close()

    assert asyncio.run(scene()) == 2
    assert REGISTRY.get_sample_value("budget_sync_undelivered") == 2
