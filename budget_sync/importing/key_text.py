"""The text of an API key, ``bsk_<id>_<secret>``, and what of it is kept: an HMAC digest. Pure.

In: a key as somebody shows it, and what is stored of the key of that id. Out: ``VerifiedKey``, or a refusal that says
the same of unknown, expired and revoked ones, after the same work.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from budget_sync.domain.errors import InvalidRequestError, NotAuthenticatedError

SCOPES = ("check", "reserve", "override", "read", "import", "admin")
OPERATOR = "operator"  # the one scope of a key that belongs to no customer
_KEY = re.compile(r"bsk_([0-9a-f]{12})_([0-9a-f]{48})")
_NO_DIGEST = bytes(32)
_NOT_LET_IN = "This API key is not known, or not valid any more."


class SplitKey(NamedTuple):
    """The two parts of a key: the id is no secret."""

    key_id: str
    secret: str

    @property
    def text(self) -> str:
        """The key as it is shown once and sent from then on."""
        return f"bsk_{self.key_id}_{self.secret}"


class VerifiedKey(msgspec.Struct, frozen=True, rename="camel"):
    """Who calls, and what they may do."""

    key_id: str
    customer_id: UUID
    scopes: frozenset[str]


class StoredKey(NamedTuple):
    """What the database keeps of a customer's key."""

    customer_id: UUID
    digest: bytes
    scopes: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None


class StoredOperator(NamedTuple):
    """What the database keeps of an operator's key."""

    digest: bytes
    expires_at: datetime | None
    revoked_at: datetime | None


def new_key() -> SplitKey:
    """A key of 192 random bits that nobody has."""
    return SplitKey(secrets.token_hex(6), secrets.token_hex(24))


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
        raise NotAuthenticatedError(_NOT_LET_IN)
    return VerifiedKey(key_id, stored.customer_id, frozenset(stored.scopes))


def accept_operator(key: str, stored: StoredOperator, pepper: bytes, now: datetime) -> str:
    """The id of an operator's key; the work and the words are those of a customer's.

    Raises:
        NotAuthenticatedError: it is not to be let in.
    """
    parts = split_key(key) or SplitKey("", "")
    matches = hmac.compare_digest(key_digest(pepper, parts), stored.digest)
    if not matches or stored.revoked_at or (stored.expires_at and stored.expires_at <= now):
        raise NotAuthenticatedError(_NOT_LET_IN)
    return parts.key_id


def known_scopes(scopes: Collection[str]) -> list[str]:
    """The scopes in order, each once.

    Raises:
        InvalidRequestError: there is none, or one is not known.
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidRequestError(
            f"A key takes scopes of {', '.join(SCOPES)}; got {', '.join(unknown) or 'none'}.", field="scopes"
        )
    return sorted(set(scopes))
