"""The log of checks forgets what is old, so that it does not grow for ever.

In: ``Database``, an age. Out: how many rows went. They decided nothing: reservations and their ledger stay for good.
"""

from datetime import timedelta
from typing import Final

from budget_sync.database import Database

_FORGET: Final = """
DELETE FROM budget_check_log WHERE id IN (
    SELECT id FROM budget_check_log WHERE asked_at < now() - %s ORDER BY asked_at LIMIT %s)
"""


def forget_checks(database: Database, *, older_than: timedelta, most_a_customer: int) -> int:
    """Forget what all customers asked so long ago; ``most_a_customer``: at once, the oldest first."""
    with database.system() as connection:
        customers = [row[0] for row in connection.execute("SELECT customer_id FROM list_customers()")]
    forgotten = 0
    for customer_id in customers:
        with database.tenant(customer_id) as connection:
            forgotten += connection.execute(_FORGET, (older_than, most_a_customer)).rowcount
    return forgotten
