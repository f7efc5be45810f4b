"""Keys of operators: they belong to no customer, make customers and the first keys of each, and see no budget.

In: ``Database``. Out: the key once, at its making; afterwards ``OperatorKey``. They are made at the command line alone,
so that nobody becomes an operator over the network.
"""

from datetime import datetime

import msgspec

from budget_sync.database import Database
from budget_sync.domain.errors import NotFoundError
from budget_sync.importing.key_text import key_digest, new_key


class OperatorKey(msgspec.Struct, frozen=True, rename="camel"):
    """A key as it is listed. ``use_count`` and ``last_used_at`` are a few seconds behind."""

    key_id: str
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    use_count: int
    last_used_at: datetime | None


def create_operator_key(database: Database, *, label: str = "", expires_at: datetime | None = None) -> str:
    """Make a key and return it; it cannot be shown again."""
    parts = new_key()
    digest = key_digest(database.settings.secret_bytes("key_pepper"), parts)
    with database.system() as connection:
        connection.execute("SELECT create_operator_key(%s, %s, %s, %s)", (parts.key_id, digest, label, expires_at))
    return parts.text


def list_operator_keys(database: Database) -> list[OperatorKey]:
    """All of them, newest first, revoked ones too."""
    with database.system() as connection:
        rows = connection.execute("SELECT * FROM list_operator_keys()").fetchall()
    return [OperatorKey(*row) for row in rows]


def revoke_operator_key(database: Database, key_id: str) -> None:
    """Make a key worthless from now on; twice is no error.

    Raises:
        NotFoundError: there is no such key.
    """
    with database.system() as connection:
        row = connection.execute("SELECT revoke_operator_key(%s)", (key_id,)).fetchone()
    if row is None or not row[0]:
        raise NotFoundError(f"There is no operator key {key_id!r}.")
