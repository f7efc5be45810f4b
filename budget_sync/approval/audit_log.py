"""What was done through an approval's own tables, as a row of the audit log in the same transaction.

In: a connection whose transaction sees one customer. Details are the thing itself as a struct.
"""

from uuid import UUID

import msgspec

from budget_sync.approval.check import AsyncConnection
from budget_sync.database.audit_log import RECORD


async def record(connection: AsyncConnection, actor: str, action: str, subject: UUID, details: msgspec.Struct) -> None:
    """Write that somebody did something, with the thing as it then was."""
    await connection.execute(RECORD, (actor, action, subject, msgspec.json.encode(details).decode()))
