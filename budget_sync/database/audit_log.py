"""What somebody did becomes a row of the audit log, in the transaction in which it was done.

In: a connection whose transaction sees one customer; the details as a struct of whoever records. Rows can be inserted
and read, nothing else.
"""

from uuid import UUID

import msgspec

from budget_sync.database.sessions import Connection

RECORD = """
INSERT INTO audit_log (customer_id, actor, action, subject, details)
VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s)
"""


def record(connection: Connection, action: str, subject: UUID, *, actor: str | None, details: msgspec.Struct) -> None:
    """Write that somebody did something; nobody named is the program itself."""
    values = (actor or "system", action, subject, msgspec.json.encode(details).decode())
    connection.execute(RECORD, values)
