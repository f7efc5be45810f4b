"""Who looks at a page: the session of the browser becomes the caller that its key belongs to.

In: a request. Out: ``Visitor``. The key behind the session is looked up at the database, and remembered for as long as
keys are: a revoked key ends its sessions within 5 s.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import Request

from api.connections import Connections
from api.keyring import REMEMBERED_SECONDS, Caller
from api.pages.sessions import Session, SessionSeal, cookie_name, is_secure
from budget_sync.approval.found import CustomerTerms
from budget_sync.domain.errors import NotAuthenticatedError
from budget_sync.importing.key_text import StoredKey, accept_stored

_FIND_KEY = "SELECT * FROM find_api_key(%s)"
_WHO = """
SELECT c.id, c.currency, c.fiscal_year_start, c.name, k.label
FROM customer c JOIN api_key k ON k.customer_id = c.id WHERE c.id = %s AND k.key_id = %s
"""
_REMEMBERED_VISITORS = 10_000
_FORM = "application/x-www-form-urlencoded"


class SessionEndedError(NotAuthenticatedError):
    """Nobody is signed in (any more). ``form``: what the browser sent, so that nothing of it is lost."""

    def __init__(self, form: bytes | None = None) -> None:
        super().__init__("Sign in with an API key.")
        self.form = form


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person behind a session. ``user``: as the history names them."""

    caller: Caller
    customer_name: str
    user: str
    session: Session


class Visitors:
    """Knows the keys of sessions for three seconds."""

    def __init__(self, connections: Connections, seal: SessionSeal) -> None:
        self._connections = connections
        self._seal = seal
        self._known: dict[str, tuple[float, Caller, str, str]] = {}

    def session(self, request: Request[Any, Any, Any]) -> Session | None:
        """The session of the browser, signed in or not; None where it has none that is ours."""
        cookie = request.cookies.get(cookie_name(secure=is_secure(request)))
        return self._seal.open(cookie, time.time())

    async def caller(self, request: Request[Any, Any, Any]) -> Caller:
        """The caller of this request; the ``Visitor`` is kept with the request.

        Raises:
            SessionEndedError: there is no session, it is too old, or its key is not good any more.
        """
        session = self.session(request)
        try:
            if session is None or not session.key_id:
                raise SessionEndedError
            visitor = await self._visitor(session)
        except NotAuthenticatedError as error:
            is_form = request.method == "POST" and request.content_type[0] == _FORM
            raise SessionEndedError(await request.body() if is_form else None) from error
        request.scope["state"]["visitor"] = visitor
        return visitor.caller

    async def _visitor(self, session: Session) -> Visitor:
        known = self._known.get(session.key_id)
        if known is None or known[0] < time.monotonic():
            if len(self._known) >= _REMEMBERED_VISITORS:
                self._known.clear()
            known = time.monotonic() + REMEMBERED_SECONDS, *await self._look_up(session.key_id)
            self._known[session.key_id] = known
        return Visitor(known[1], known[2], known[3], session)

    async def _look_up(self, key_id: str) -> tuple[Caller, str, str]:
        async with self._connections.lend() as connection:
            row = await (await connection.execute(_FIND_KEY, (key_id,))).fetchone()
        verified = accept_stored(key_id, StoredKey(*row) if row else None, datetime.now(UTC))
        async with self._connections.tenant(verified.customer_id) as connection:
            found = await (await connection.execute(_WHO, (verified.customer_id, key_id))).fetchone()
        if found is None:
            raise SessionEndedError
        customer_id, currency, start, name, label = found
        caller = Caller(key_id, verified.scopes, CustomerTerms(customer_id, currency, start))
        return caller, name, label or key_id


def visitor_of(request: Request[Any, Any, Any]) -> Visitor | None:
    """The visitor of a request that got past the guard; None on a public page."""
    visitor: Visitor | None = request.scope["state"].get("visitor")
    return visitor


async def provide_visitor(request: Request[Any, Any, Any]) -> Visitor:
    """The visitor for handlers that ask for one."""
    visitor: Visitor = request.scope["state"]["visitor"]
    return visitor
