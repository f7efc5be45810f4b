"""API keys for whoever has the database and the pepper of the installation: the command line, and tests.

In: ``Database``. Out: the key once, at its making; afterwards ``KeyRecord`` without any secret, and ``VerifiedKey`` for
whoever shows a good one. What a key is stands in ``key_text``, what is done with its rows in ``key_records``.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from budget_sync.database import Database
from budget_sync.domain.errors import NotFoundError
from budget_sync.importing import key_records
from budget_sync.importing.key_records import KeyRecord, KeyTerms
from budget_sync.importing.key_text import SCOPES, StoredKey, VerifiedKey, accept_key, split_key

__all__ = ["SCOPES", "KeyRecord", "create_key", "list_keys", "revoke_key", "verify_key"]
_MANY = 10_000


def verify_key(database: Database, key: str) -> VerifiedKey:
    """The caller of this key, asked of the database.

    Raises:
        NotAuthenticatedError: it is not to be let in.
    """
    parts = split_key(key)
    with database.system() as connection:
        row = connection.execute("SELECT * FROM find_api_key(%s)", (parts.key_id if parts else "",)).fetchone()
    stored = StoredKey(*row) if row else None
    return accept_key(key, stored, database.settings.secret_bytes("key_pepper"), datetime.now(UTC))


def create_key(
    database: Database,
    customer_id: UUID,
    *,
    scopes: Collection[str] = ("check", "read", "import"),
    label: str = "",
    expires_at: datetime | None = None,
) -> str:
    """Make a key and return it; it cannot be shown again.

    Raises:
        InvalidRequestError: a scope is not known.
    """
    terms = KeyTerms(label, list(scopes), expires_at)
    with database.tenant(customer_id) as connection:
        return key_records.make_key(connection, database.settings.secret_bytes("key_pepper"), terms, None).key


def list_keys(database: Database, customer_id: UUID) -> list[KeyRecord]:
    """The customer's keys, newest first, revoked ones too."""
    with database.tenant(customer_id) as connection:
        return key_records.list_key_records(connection, _MANY)


def revoke_key(database: Database, customer_id: UUID, key_id: str) -> None:
    """Make a key worthless from now on; twice is no error.

    Raises:
        NotFoundError: the customer has no such key.
    """
    with database.tenant(customer_id) as connection:
        row = connection.execute("SELECT id FROM api_key WHERE key_id = %s", (key_id,)).fetchone()
        if row is None:
            raise NotFoundError(f"There is no key {key_id!r}.")
        key_records.revoke(connection, row[0], None)
