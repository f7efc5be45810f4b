"""Who writes into a customer's lines, and how long anybody waits for it.

In: the transaction of the caller. Imports and undos of one customer follow each other; what is by hand, and what
reserves, waits for single lines only.
"""

from uuid import UUID

from budget_sync.database import Connection

# A lock held for a minute is outlasted; one held for longer is said to be, and the file is imported again later.
LOCK_TIMEOUT = "2min"
STATEMENT_TIMEOUT = "10min"
_WORK_MEMORY = "64MB"  # the lines of a large file are summed, matched and sorted without a temporary file


def lock_customer(connection: Connection, customer_id: UUID) -> None:
    """Wait until no other import of this customer loads; held to the end of the transaction, which gets its limits.

    Raises:
        psycopg.errors.LockNotAvailable: another one has not ended within ``LOCK_TIMEOUT``; it holds for each line, too.
        psycopg.errors.QueryCanceled: raised by any later statement that takes longer than ``STATEMENT_TIMEOUT``.
    """
    connection.execute(
        "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true),"
        " set_config('work_mem', %s, true)",
        (LOCK_TIMEOUT, STATEMENT_TIMEOUT, _WORK_MEMORY),
    )
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"import:{customer_id}",))
