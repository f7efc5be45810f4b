"""API keys: ``bsk_<id>_<secret>``, of which only an HMAC digest is kept.

In: ``Database`` and the pepper of the installation. Out: the key once, at its making; afterwards ``KeyRecord``
without any secret, and ``VerifiedKey`` for whoever shows a good one. ``split_key``, ``key_digest``, ``accept_key`` and
``accept_stored`` are the pure parts, which the service uses with its own connections.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from budget_sync.database import Database
from budget_sync.domain.errors import InvalidRequestError, NotAuthenticatedError, NotFoundError

SCOPES = ("check", "reserve", "override", "read", "import", "admin")
_KEY = re.compile(r"bsk_([0-9a-f]{12})_([0-9a-f]{48})")
_NO_DIGEST = bytes(32)


class SplitKey(NamedTuple):
    """The two parts of a key: the id is no secret."""

    key_id: str
    secret: str


class KeyRecord(msgspec.Struct, frozen=True, rename="camel"):
    """A key as it is listed."""

    id: UUID
    key_id: str
    label: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class VerifiedKey(msgspec.Struct, frozen=True, rename="camel"):
    """Who calls, and what they may do."""

    key_id: str
    customer_id: UUID
    scopes: frozenset[str]


class StoredKey(NamedTuple):
    """What ``find_api_key`` returns of a key."""

    customer_id: UUID
    digest: bytes
    scopes: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None


def split_key(key: str) -> SplitKey | None:
    """The parts of a key of the right shape, else None."""
    match = _KEY.fullmatch(key)
    return SplitKey(match[1], match[2]) if match else None


def key_digest(pepper: bytes, parts: SplitKey) -> bytes:
    """What is stored of a key: an HMAC over both parts, so that a digest moved to another id fits no key."""
    return hmac.digest(pepper, f"{parts.key_id}:{parts.secret}".encode(), hashlib.sha256)


def accept_key(key: str, stored: StoredKey | None, pepper: bytes, now: datetime) -> VerifiedKey:
    """The caller of this key; the same work and the same words for unknown, expired and revoked ones.

    Raises:
        NotAuthenticatedError: it is not to be let in.
    """
    parts = split_key(key) or SplitKey("", "")
    matches = hmac.compare_digest(key_digest(pepper, parts), stored.digest if stored else _NO_DIGEST)
    return accept_stored(parts.key_id, stored if matches else None, now)


def accept_stored(key_id: str, stored: StoredKey | None, now: datetime) -> VerifiedKey:
    """The caller of a key that was shown before, as a session does.

    Raises:
        NotAuthenticatedError: there is no such key, or it has expired or was revoked since.
    """
    if stored is None or stored.revoked_at or (stored.expires_at and stored.expires_at <= now):
        raise NotAuthenticatedError("This API key is not known, or not valid any more.")
    return VerifiedKey(key_id, stored.customer_id, frozenset(stored.scopes))


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
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidRequestError(f"A key takes scopes of {', '.join(SCOPES)}; got {', '.join(unknown) or 'none'}.")
    parts = SplitKey(secrets.token_hex(6), secrets.token_hex(24))
    digest = key_digest(database.settings.secret_bytes("key_pepper"), parts)
    with database.tenant(customer_id) as connection:
        connection.execute(
            "INSERT INTO api_key (key_id, customer_id, digest, label, scopes, expires_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            (parts.key_id, customer_id, digest, label, sorted(set(scopes)), expires_at),
        )
    return f"bsk_{parts.key_id}_{parts.secret}"


def list_keys(database: Database, customer_id: UUID) -> list[KeyRecord]:
    """The customer's keys, newest first, revoked ones too."""
    with database.tenant(customer_id) as connection:
        rows = connection.execute(
            "SELECT id, key_id, label, scopes, created_at, expires_at, revoked_at FROM api_key"
            " ORDER BY created_at DESC, id"
        ).fetchall()
    return [KeyRecord(*row) for row in rows]


def revoke_key(database: Database, customer_id: UUID, key_id: str) -> None:
    """Make a key worthless from now on; twice is no error.

    Raises:
        NotFoundError: the customer has no such key.
    """
    with database.tenant(customer_id) as connection:
        done = connection.execute(
            "UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE key_id = %s", (key_id,)
        )
        if done.rowcount == 0:
            raise NotFoundError(f"There is no key {key_id!r}.")
