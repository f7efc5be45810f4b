"""What was done through an approval's own tables, as a row of the audit log in the same transaction.

In: a connection whose transaction sees one customer. What imports do is written by the room of imports.
"""

from uuid import UUID

import msgspec

from budget_sync.approval.check import AsyncConnection

_RECORD = "INSERT INTO audit_log (customer_id, actor, action, subject, details) VALUES (%s, %s, %s, %s, %s)"


async def record(
    connection: AsyncConnection, customer_id: UUID, actor: str, action: str, subject: UUID, details: msgspec.Struct
) -> None:
    """Write that somebody did something, with the thing as it then was."""
    await connection.execute(_RECORD, (customer_id, actor, action, subject, msgspec.json.encode(details).decode()))
