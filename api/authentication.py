"""Who calls: an API key becomes the customer it belongs to and what it may do.

In: ``Authorization: Bearer`` or ``X-API-Key``. Out: ``Caller``. Each route names its scope in its ``opt``; the
guard of the application refuses a route that names none, so that a new one is closed until someone opens it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Scope

from api.keyring import Caller, Keyring, Operator
from api.limits import ADMISSION, refuse
from budget_sync.domain.errors import ForbiddenError, NotAuthenticatedError
from budget_sync.importing.key_text import OPERATOR

__all__ = ["PUBLIC", "Caller", "Keyring", "Operator", "admit", "allow", "presented_key", "require_own"]
PUBLIC = "public"
MET = "met"  # in the state of the call: the error that a short way met
PAGE = "page"  # the opt of a route that people look at: who calls says the session of the browser, and no key


async def require_scope(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route: a good key or session that carries the scope of the route, or a public route.

    A route with ``operator_too`` in its ``opt`` is open to operators as well. The call counts towards the key's limit.

    Raises:
        Exception: the short way of the route met it.
        NotAuthenticatedError: no key or session, or no good one.
        ForbiddenError: the key lacks the scope.
        RateLimitedError: the key asks more often than it may.
    """
    met: Exception | None = connection.scope["state"].pop(MET, None)
    if met is not None:
        raise met
    scope = handler.opt.get("scope")
    if scope == PUBLIC or connection.scope.get("method") == "OPTIONS":
        return
    state = connection.app.state
    by_session = handler.opt.get(PAGE, False)
    find = state.visitors.caller(connection) if by_session else state.keyring.holder(presented_key(connection.headers))
    holder: Caller | Operator = await find
    if not (OPERATOR in holder.scopes and handler.opt.get("operator_too")):
        allow(holder, scope)
    await admit(connection.scope, holder.key_id, str(scope))
    connection.scope["user"] = holder


async def admit(scope: Scope, key_id: str, route_class: str) -> None:
    """Count the call, once, as a use of the key and towards its limit, which the answer's headers then show.

    Raises:
        RateLimitedError: the limit is reached.
    """
    noted = scope.setdefault("state", {})
    if ADMISSION in noted:  # by a short way that then handed it on
        return
    state = scope["litestar_app"].state
    state.key_uses.count(key_id)
    admission = noted[ADMISSION] = await state.limits.admit(key_id, route_class)
    if admission is not None:
        refuse(admission)


def allow(caller: Caller | Operator, scope: str | None) -> None:
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
