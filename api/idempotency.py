"""One effect for one key: a request that moves money bears an Idempotency-Key, and its answer is kept with the effect.

In: the key, what was asked, and the work. Out: the answer, the same one however often the request is repeated. The key
is written in the transaction of the effect, so that neither stands without the other; a refusal is kept likewise. An
import has transactions of its own and is known by its bytes: its answer is kept when it is done, where a key asks so.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response

from api.authentication import Caller
from api.connections import Connections
from api.errors import STATUS_OF, problem_response
from api.json_text import encode_json
from budget_sync.approval.check import AsyncConnection
from budget_sync.domain.errors import BudgetSyncError, ConflictError, InvalidRequestError, NotFoundError, RefusedError

HEADER = "idempotency-key"
_KEY = re.compile(r"[!-~]{1,255}")
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
_FIND = "SELECT request_hash, status, answer FROM idempotency_key WHERE key = %s"
_KEEP = "INSERT INTO idempotency_key (customer_id, key, request_hash, status, answer) VALUES (%s, %s, %s, %s, %s)"
_FINAL_REFUSALS = (RefusedError, ConflictError, NotFoundError)
_FINAL_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.UNPROCESSABLE_ENTITY})


class Refusal(msgspec.Struct, frozen=True):
    """A refusal as it is kept."""

    code: str
    message: str
    details: dict[str, Any]


_refusals = msgspec.json.Decoder(Refusal, float_hook=Decimal)  # numbers keep their digits


async def once(
    request: Request[Any, Any, Any],
    caller: Caller,
    connections: Connections,
    asked: msgspec.Struct,
    status: HTTPStatus,
    work: Callable[[AsyncConnection], Awaitable[msgspec.Struct]],
    *,
    key: str | None = None,
) -> Response[bytes]:
    """Do the work in one transaction with its key, or give the answer of the first time again.

    ``key``: that of a form; else the request bears one in its header.

    Raises:
        InvalidRequestError: there is no key, or it is not 1 to 255 visible ASCII characters.
        ConflictError: the first request with this key is still at work.
        RefusedError: the key was used for something else.
    """
    key, digest = _checked_key(request.headers.get(HEADER, "") if key is None else key), _digest(request, asked)
    async with connections.tenant(caller.customer_id) as connection:
        kept = await _kept_answer(connection, caller, key, digest)
        replayed = kept is not None
        if kept is None:
            kept = await _first_answer(connection, status, work)
            await connection.execute(_KEEP, (caller.customer_id, key, digest, *kept))
    return answer_response(request, *kept, replayed=replayed)


async def once_if_keyed(
    request: Request[Any, Any, Any],
    caller: Caller,
    connections: Connections,
    asked: msgspec.Struct,
    work: Callable[[], Awaitable[tuple[int, bytes]]],
) -> Response[bytes]:
    """Do work that has transactions of its own; with a key, give the answer of the first time again.

    Only a final answer is kept: what failed for want of a database or a lock may be tried again with the same key.

    Raises:
        InvalidRequestError, ConflictError, RefusedError: as ``once``.
    """
    if HEADER not in request.headers:
        return answer_response(request, *await work(), replayed=False)
    key, digest = _checked_key(request.headers[HEADER]), _digest(request, asked)
    async with connections.tenant(caller.customer_id) as connection:
        kept = await _kept_answer(connection, caller, key, digest)
        if kept is not None:
            return answer_response(request, *kept, replayed=True)
        status, answer = await work()
        if status in _FINAL_STATUSES:
            await connection.execute(_KEEP, (caller.customer_id, key, digest, status, answer))
    return answer_response(request, status, answer, replayed=False)


def _digest(request: Request[Any, Any, Any], asked: msgspec.Struct) -> bytes:
    return hashlib.sha256(request.scope["path"].encode() + b"\0" + encode_json(asked)).digest()


def _checked_key(key: str) -> str:
    if _KEY.fullmatch(key) is None:
        raise InvalidRequestError(
            "Send an Idempotency-Key of 1 to 255 visible characters, a new one for each purchase: a repeated request "
            "then has one effect.",
            field="Idempotency-Key",
        )
    return key


async def _kept_answer(
    connection: AsyncConnection, caller: Caller, key: str, digest: bytes
) -> tuple[int, bytes] | None:
    locked = await (await connection.execute(_LOCK, (f"{caller.customer_id} {key}",))).fetchone()
    if locked is None or not locked[0]:
        raise ConflictError("A request with this Idempotency-Key is still at work. Ask again.", code="in_progress")
    row = await (await connection.execute(_FIND, (key,))).fetchone()
    if row is None:
        return None
    if bytes(row[0]) != digest:
        raise RefusedError(
            "This Idempotency-Key was used for another request. Take a new one.", code="idempotency_key_reused"
        )
    return row[1], bytes(row[2])


async def _first_answer(
    connection: AsyncConnection, status: HTTPStatus, work: Callable[[AsyncConnection], Awaitable[msgspec.Struct]]
) -> tuple[int, bytes]:
    try:
        async with connection.transaction():  # a refusal takes back what was moved, and only that
            return status, encode_json(await work(connection))
    except _FINAL_REFUSALS as error:
        return _kept_refusal(error)


def _kept_refusal(error: BudgetSyncError) -> tuple[int, bytes]:
    status = next(STATUS_OF[each] for each in type(error).mro() if each in STATUS_OF)
    code = str(error.details.get("code", error.code))
    return status, encode_json(Refusal(code, error.message, error.details))


def answer_response(request: Request[Any, Any, Any], status: int, answer: bytes, *, replayed: bool) -> Response[bytes]:
    """The answer as it goes out: the bytes of a success, the problem document of a ``Refusal``."""
    headers = {"Idempotency-Replayed": "true"} if replayed else {}
    if status < HTTPStatus.BAD_REQUEST:
        return Response(answer, status_code=status, media_type="application/json", headers=headers)
    refusal = _refusals.decode(answer)
    return problem_response(request, HTTPStatus(status), refusal.code, refusal.message, refusal.details, headers)
