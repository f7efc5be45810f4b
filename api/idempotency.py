"""One effect for one key: a request that moves money bears an Idempotency-Key, and its answer is kept with the effect.

In: the key, what was asked, and the work. Out: the answer, the same one however often the request is repeated. The key
is written in the transaction of the effect, so that neither stands without the other; a refusal is kept likewise. An
import has transactions of its own and is known by its bytes: its answer is kept when it is done, where a key asks so.
"""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from psycopg.pq import TransactionStatus

from api.authentication import Caller
from api.connections import Connections
from api.errors import problem_response, status_of
from api.idempotency_keys import (
    BEGIN,
    COMMIT,
    GOOD_KEY,
    HEADER,
    TENANT,
    KeptAnswer,
    Refusal,
    keep,
    kept_answer,
    look_for,
)
from api.json_text import encode_json
from budget_sync.approval.check import AsyncConnection
from budget_sync.database.direct import DirectStatement, in_one_go
from budget_sync.domain.errors import BudgetSyncError, ConflictError, InvalidRequestError, NotFoundError, RefusedError

_SAVE = DirectStatement("save_before_work", "SAVEPOINT before_work")
_TAKE_BACK = "ROLLBACK TO SAVEPOINT before_work"
_UNFINISHED = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
_FINAL_REFUSALS = (RefusedError, ConflictError, NotFoundError)
_FINAL_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.UNPROCESSABLE_ENTITY})
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
    key = _checked_key(request.headers.get(HEADER, "") if key is None else key)
    digest = digest_of(request.scope["path"], asked)
    begin = [(BEGIN, ()), (TENANT, (str(caller.customer_id),)), *look_for([key]), (_SAVE, ())]
    async with connections.lend() as connection, taken_back_unless_finished(connection):
        _, _, locked, found, _ = await in_one_go(connection, begin)
        kept = kept_answer(locked, found, digest)
        replayed = kept is not None
        if kept is None:
            kept = KeptAnswer(key, digest, *await _first_answer(connection, status, work))
            await in_one_go(connection, [keep(caller.customer_id, [kept]), (COMMIT, ())])
    return answer_response(request, kept.status, kept.answer, replayed=replayed)


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
    key, digest = _checked_key(request.headers[HEADER]), digest_of(request.scope["path"], asked)
    async with connections.tenant(caller.customer_id) as connection:
        locked, found = await in_one_go(connection, look_for([key]))
        kept = kept_answer(locked, found, digest)
        if kept is not None:
            return answer_response(request, kept.status, kept.answer, replayed=True)
        status, answer = await work()
        if status in _FINAL_STATUSES:
            await in_one_go(connection, [keep(caller.customer_id, [KeptAnswer(key, digest, status, answer)])])
    return answer_response(request, status, answer, replayed=False)


def digest_of(path: str, asked: msgspec.Struct) -> bytes:
    """What tells one request from another under the same key."""
    return hashlib.sha256(path.encode() + b"\0" + encode_json(asked)).digest()


def _checked_key(key: str) -> str:
    if GOOD_KEY.fullmatch(key) is None:
        raise InvalidRequestError(
            "Send an Idempotency-Key of 1 to 255 visible characters, a new one for each purchase: a repeated request "
            "then has one effect.",
            field="Idempotency-Key",
        )
    return key


@asynccontextmanager
async def taken_back_unless_finished(connection: AsyncConnection) -> AsyncIterator[None]:
    """Whatever the block leaves open of its transaction never was."""
    try:
        yield
    finally:
        if connection.pgconn.transaction_status in _UNFINISHED:
            await connection.rollback()


async def _first_answer(
    connection: AsyncConnection, status: HTTPStatus, work: Callable[[AsyncConnection], Awaitable[msgspec.Struct]]
) -> tuple[int, bytes]:
    try:
        return status, encode_json(await work(connection))
    except _FINAL_REFUSALS as error:
        await connection.execute(_TAKE_BACK)  # what was moved, and only that: the key keeps the refusal
        return _kept_refusal(error)


def _kept_refusal(error: BudgetSyncError) -> tuple[int, bytes]:
    status = status_of(error) or HTTPStatus.UNPROCESSABLE_ENTITY
    code = str(error.details.get("code", error.code))
    return status, encode_json(Refusal(code, error.message, error.details))


def answer_response(request: Request[Any, Any, Any], status: int, answer: bytes, *, replayed: bool) -> Response[bytes]:
    """The answer as it goes out: the bytes of a success, the problem document of a ``Refusal``."""
    headers = {"Idempotency-Replayed": "true"} if replayed else {}
    if status < HTTPStatus.BAD_REQUEST:
        return Response(answer, status_code=status, media_type="application/json", headers=headers)
    refusal = _refusals.decode(answer)
    return problem_response(request, HTTPStatus(status), refusal.code, refusal.message, refusal.details, headers)
