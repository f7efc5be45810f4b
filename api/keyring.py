"""Good keys and whose they are, remembered by a worker for three seconds, or until news of a change comes.

In: a key as somebody shows it. Out: ``Caller`` or ``Operator``. A bad key is looked up anew each time, known or not,
with the same work. ``hearing_of_changes`` ends what is remembered when a key is revoked or a customer changed; where
the news does not come through (a pooler that drops LISTEN, a connection that hangs) the three seconds are the end.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import structlog

from api.background import beside, note_error
from api.connections import Connections
from budget_sync.approval.check import TERMS, customer_terms
from budget_sync.approval.found import CustomerTerms
from budget_sync.domain.errors import ForbiddenError
from budget_sync.importing.key_text import (
    OPERATOR,
    StoredKey,
    StoredOperator,
    accept_key,
    accept_operator,
    split_key,
)

REMEMBERED_SECONDS = 3.0  # a revoked key is refused everywhere within 5 s
_REMEMBERED_KEYS = 10_000
_HEAR_AGAIN_SECONDS = 2.0
_FIND_KEY = "SELECT * FROM find_api_key(%s)"
_FIND_OPERATOR = "SELECT * FROM find_operator_key(%s)"
_LISTEN = "LISTEN budget_sync_keys"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """The customer behind a good key, and its scopes."""

    key_id: str
    scopes: frozenset[str]
    terms: CustomerTerms

    @property
    def customer_id(self) -> UUID:
        """Whose rows this call may see."""
        return self.terms.customer_id


@dataclass(frozen=True, slots=True)
class Operator:
    """A good key that belongs to no customer."""

    key_id: str
    scopes: frozenset[str] = field(default=frozenset({OPERATOR}))


class Keyring:
    """The keys that one worker found good a moment ago."""

    def __init__(self, connections: Connections, pepper: bytes) -> None:
        self._connections = connections
        self._pepper = pepper
        self._good: dict[bytes, tuple[float, Caller | Operator]] = {}

    async def caller(self, key: str) -> Caller:
        """The caller of a customer's key.

        Raises:
            NotAuthenticatedError: unknown, expired or revoked; which of them, nobody is told.
            ForbiddenError: it is an operator's.
        """
        holder = await self.holder(key)
        if isinstance(holder, Operator):
            raise ForbiddenError("An operator's key belongs to no customer.", scope=OPERATOR)
        return holder

    async def holder(self, key: str) -> Caller | Operator:
        """Whoever this key belongs to.

        Raises:
            NotAuthenticatedError: unknown, expired or revoked; which of them, nobody is told.
        """
        known = self._known(key.encode())
        if known is not None:
            return known
        holder = await self._look_up(key)
        if len(self._good) >= _REMEMBERED_KEYS:
            self._good.clear()
        self._good[hashlib.sha256(key.encode()).digest()] = (time.monotonic() + REMEMBERED_SECONDS, holder)
        return holder

    def known_caller(self, key: bytes) -> Caller | None:
        """The caller of a customer's key that was found good a moment ago, else None; asks nobody."""
        known = self._known(key)
        return known if isinstance(known, Caller) else None

    def forget(self, changed: str) -> None:
        """Remember nothing of the key of this id, or of the keys of the customer of this id."""
        gone = [digest for digest, (_, holder) in self._good.items() if changed in _names(holder)]
        for digest in gone:
            del self._good[digest]

    def forget_all(self) -> None:
        """Remember nothing."""
        self._good.clear()

    def _known(self, key: bytes) -> Caller | Operator | None:
        remembered = self._good.get(hashlib.sha256(key).digest())
        return remembered[1] if remembered is not None and remembered[0] > time.monotonic() else None

    async def _look_up(self, key: str) -> Caller | Operator:
        parts = split_key(key)
        key_id = parts.key_id if parts else ""
        async with self._connections.lend() as connection:
            of_customer = await (await connection.execute(_FIND_KEY, (key_id,))).fetchone()
            of_operator = await (await connection.execute(_FIND_OPERATOR, (key_id,))).fetchone()
        now = datetime.now(UTC)
        if of_operator:
            return Operator(accept_operator(key, StoredOperator(*of_operator), self._pepper, now))
        verified = accept_key(key, StoredKey(*of_customer) if of_customer else None, self._pepper, now)
        async with self._connections.tenant(verified.customer_id) as connection:
            terms = customer_terms(await (await connection.execute(TERMS, (verified.customer_id,))).fetchone())
        return Caller(verified.key_id, verified.scopes, terms)


@asynccontextmanager
async def hearing_of_changes(conninfo: str, keyring: Keyring) -> AsyncIterator[None]:
    """For the time of the block, forget each key the moment the database says that it changed."""
    async with beside(_hear_again_and_again(conninfo, keyring)):
        yield


async def _hear_again_and_again(conninfo: str, keyring: Keyring) -> None:
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
                await connection.execute(_LISTEN)
                keyring.forget_all()  # what changed while nobody listened
                async for notice in connection.notifies():
                    keyring.forget(notice.payload)
        except psycopg.Error as error:
            _log.warning("news of keys waits for the database", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - news that stays away leaves revoked keys good for some seconds
            note_error("news of keys", error)
        await asyncio.sleep(_HEAR_AGAIN_SECONDS)


def _names(holder: Caller | Operator) -> tuple[str, ...]:
    return (holder.key_id,) if isinstance(holder, Operator) else (holder.key_id, str(holder.customer_id))
