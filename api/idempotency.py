"""One effect for one key: a request that moves money bears an Idempotency-Key, and its answer is kept with the effect.

In: the key, what was asked, and the work. Out: the answer, the same one however often the request is repeated. The key
is written in the transaction of the effect, so that neither stands without the other; a refusal is kept likewise. An
import has transactions of its own and is known by its bytes: its answer is kept when it is done, where a key asks so.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from psycopg.pq import TransactionStatus

from api.authentication import Caller
from api.connections import Connections
from api.errors import STATUS_OF, problem_response
from api.json_text import encode_json
from budget_sync.approval.check import SET_TENANT, AsyncConnection
from budget_sync.database.direct import DirectStatement, NamedStatement, Row, Step, in_one_go
from budget_sync.domain.errors import BudgetSyncError, ConflictError, InvalidRequestError, NotFoundError, RefusedError

HEADER = "idempotency-key"
_KEY = re.compile(r"[!-~]{1,255}")
BEGIN = DirectStatement("begin", "BEGIN")
COMMIT = DirectStatement("commit", "COMMIT")
TENANT = DirectStatement("set_tenant", SET_TENANT.replace("%s", "$1"))
LOCK = DirectStatement("lock_key", "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))")
FIND = DirectStatement(
    "find_key", "SELECT encode(request_hash, 'hex'), status, encode(answer, 'hex') FROM idempotency_key WHERE key = $1"
)
KEEP = NamedStatement.of(
    "keep_answer",
    "INSERT INTO idempotency_key (customer_id, key, request_hash, status, answer)"
    " VALUES (%(customer_id)s, %(key)s, %(request_hash)s, %(status)s, %(answer)s)",
)
SAVE = DirectStatement("save_before_work", "SAVEPOINT before_work")
_TAKE_BACK = "ROLLBACK TO SAVEPOINT before_work"
_UNFINISHED = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
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
    begin = [(BEGIN, ()), (TENANT, (str(caller.customer_id),)), *_look_for(caller, key), (SAVE, ())]
    async with connections.lend() as connection, _taken_back_unless_finished(connection):
        _, _, locked, found, _ = await in_one_go(connection, begin)
        kept = _kept_answer(locked, found, digest)
        replayed = kept is not None
        if kept is None:
            kept = await _first_answer(connection, status, work)
            await in_one_go(connection, [_keep(caller, key, digest, kept), (COMMIT, ())])
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
        locked, found = await in_one_go(connection, _look_for(caller, key))
        kept = _kept_answer(locked, found, digest)
        if kept is not None:
            return answer_response(request, *kept, replayed=True)
        status, answer = await work()
        if status in _FINAL_STATUSES:
            await in_one_go(connection, [_keep(caller, key, digest, (status, answer))])
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


@asynccontextmanager
async def _taken_back_unless_finished(connection: AsyncConnection) -> AsyncIterator[None]:
    """Whatever the block leaves open of its transaction never was."""
    try:
        yield
    finally:
        if connection.pgconn.transaction_status in _UNFINISHED:
            await connection.rollback()


def _look_for(caller: Caller, key: str) -> list[Step]:
    """The lock of the key, then what is kept under it: whoever had the lock before has committed or is gone."""
    return [(LOCK, (f"{caller.customer_id} {key}",)), (FIND, (key,))]


def _kept_answer(locked: Sequence[Row], found: Sequence[Row], digest: bytes) -> tuple[int, bytes] | None:
    if locked != [("t",)]:
        raise ConflictError("A request with this Idempotency-Key is still at work. Ask again.", code="in_progress")
    if not found:
        return None
    request_hash, status, answer = found[0]
    if request_hash != digest.hex():
        raise RefusedError(
            "This Idempotency-Key was used for another request. Take a new one.", code="idempotency_key_reused"
        )
    return int(status or 0), bytes.fromhex(answer or "")


def _keep(caller: Caller, key: str, digest: bytes, kept: tuple[int, bytes]) -> Step:
    status, answer = kept
    values = {"customer_id": caller.customer_id, "key": key, "request_hash": digest}
    return KEEP.step(values | {"status": int(status), "answer": answer})


async def _first_answer(
    connection: AsyncConnection, status: HTTPStatus, work: Callable[[AsyncConnection], Awaitable[msgspec.Struct]]
) -> tuple[int, bytes]:
    try:
        return status, encode_json(await work(connection))
    except _FINAL_REFUSALS as error:
        await connection.execute(_TAKE_BACK)  # what was moved, and only that: the key keeps the refusal
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
