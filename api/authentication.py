"""Who calls: an API key becomes the customer it belongs to and what it may do.

In: ``Authorization: Bearer`` or ``X-API-Key``. Out: ``Caller``. Each route names its scope in its ``opt``; the
guard of the application refuses a route that names none, so that a new one is closed until someone opens it.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from api.connections import Connections
from budget_sync.approval.check import TERMS, customer_terms
from budget_sync.approval.found import CustomerTerms
from budget_sync.domain.errors import ForbiddenError, NotAuthenticatedError
from budget_sync.importing.keys import StoredKey, accept_key, split_key

PUBLIC = "public"
PAGE = "page"  # the opt of a route that people look at: who calls says the session of the browser, and no key
REMEMBERED_SECONDS = 3.0  # a revoked key is refused everywhere within 5 s
_REMEMBERED_KEYS = 10_000
_FIND_KEY = "SELECT * FROM find_api_key(%s)"


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


class Keyring:
    """Knows good keys for three seconds; a bad one is looked up anew each time, known or not, with the same work."""

    def __init__(self, connections: Connections, pepper: bytes) -> None:
        self._connections = connections
        self._pepper = pepper
        self._good: dict[bytes, tuple[float, Caller]] = {}

    async def caller(self, key: str) -> Caller:
        """The caller of this key.

        Raises:
            NotAuthenticatedError: unknown, expired or revoked; which of them, nobody is told.
        """
        known = self.known_caller(key.encode())
        if known is not None:
            return known
        caller = await self._look_up(key)
        if len(self._good) >= _REMEMBERED_KEYS:
            self._good.clear()
        self._good[hashlib.sha256(key.encode()).digest()] = (time.monotonic() + REMEMBERED_SECONDS, caller)
        return caller

    def known_caller(self, key: bytes) -> Caller | None:
        """The caller of a key that was found good a moment ago, else None; asks nobody."""
        remembered = self._good.get(hashlib.sha256(key).digest())
        return remembered[1] if remembered is not None and remembered[0] > time.monotonic() else None

    async def _look_up(self, key: str) -> Caller:
        parts = split_key(key)
        async with self._connections.lend() as connection:
            cursor = await connection.execute(_FIND_KEY, (parts.key_id if parts else "",))
            row = await cursor.fetchone()
        verified = accept_key(key, StoredKey(*row) if row else None, self._pepper, datetime.now(UTC))
        async with self._connections.tenant(verified.customer_id) as connection:
            cursor = await connection.execute(TERMS, (verified.customer_id,))
            terms = customer_terms(await cursor.fetchone())
        return Caller(verified.key_id, verified.scopes, terms)


async def require_scope(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route: a good key or session that carries the scope of the route, or a public route.

    Raises:
        NotAuthenticatedError: no key or session, or no good one.
        ForbiddenError: the key lacks the scope.
    """
    scope = handler.opt.get("scope")
    if scope == PUBLIC or connection.scope.get("method") == "OPTIONS":
        return
    state = connection.app.state
    by_session = handler.opt.get(PAGE, False)
    find = state.visitors.caller(connection) if by_session else state.keyring.caller(presented_key(connection.headers))
    caller: Caller = await find
    allow(caller, scope)
    connection.scope["user"] = caller


def allow(caller: Caller, scope: str | None) -> None:
    """Nothing where the key carries the scope.

    Raises:
        ForbiddenError: it does not.
    """
    if scope not in caller.scopes:
        raise ForbiddenError(f"This API key does not carry the scope '{scope}'.", scope=scope)


def presented_key(headers: Mapping[str, str]) -> str:
    """The key of a request, whichever of the two headers bears it.

    Raises:
        NotAuthenticatedError: there is none.
    """
    kind, _, key = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and key:
        return key.strip()
    key = headers.get("x-api-key", "")
    if not key:
        raise NotAuthenticatedError("Send an API key: Authorization: Bearer bsk_..., or X-API-Key: bsk_...")
    return key


async def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """The caller for handlers that ask for one."""
    caller: Caller = request.scope["user"]
    return caller


def require_own(caller: Caller, customer_id: UUID | None) -> None:
    """Nothing where the request names no customer, or the caller's.

    Raises:
        ForbiddenError: another one; the same words whether it exists or not.
    """
    if customer_id is not None and customer_id != caller.customer_id:
        raise ForbiddenError("This API key belongs to another customer than customerId names.")
