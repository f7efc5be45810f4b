"""Keys of requests and the answers that are kept under them, as statements that are sent directly.

In: keys as callers send them. Out: for each whether it is ours now, and the answer of the first time where there is
one. A key is locked for the transaction, and kept in the transaction of the effect: neither stands without the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from budget_sync.approval.check import SET_TENANT
from budget_sync.database.direct import DirectStatement, NamedStatement, Row, Step, array_text
from budget_sync.domain.errors import ConflictError, RefusedError

HEADER = "idempotency-key"
GOOD_KEY = re.compile(r"[!-~]{1,255}")
BEGIN = DirectStatement("begin", "BEGIN")
COMMIT = DirectStatement("commit", "COMMIT")
TENANT = DirectStatement("set_tenant", SET_TENANT.replace("%s", "$1"))
LOCK = DirectStatement(
    "lock_keys",
    "SELECT key, pg_try_advisory_xact_lock(hashtextextended(current_setting('app.customer_id') || ' ' || key, 0))"
    " FROM unnest($1::text[]) AS key",
)
FIND = DirectStatement(
    "find_keys",
    "SELECT key, encode(request_hash, 'hex'), status, encode(answer, 'hex') FROM idempotency_key"
    " WHERE key = ANY ($1::text[])",
)
KEEP = NamedStatement.of(
    "keep_answers",
    "INSERT INTO idempotency_key (customer_id, key, request_hash, status, answer) SELECT %(customer_id)s::uuid, kept.*"
    " FROM unnest(%(keys)s::text[], %(digests)s::bytea[], %(statuses)s::smallint[], %(answers)s::bytea[]) AS kept",
)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What is kept under a key; ``digest`` is that of what was asked."""

    key: str
    digest: bytes
    status: int
    answer: bytes


def look_for(keys: Sequence[str]) -> list[Step]:
    """The locks of the keys, then what is kept under them: whoever had a lock before has committed or is gone."""
    named = array_text(keys)
    return [(LOCK, (named,)), (FIND, (named,))]


def unused(locked: Sequence[Row], found: Sequence[Row]) -> set[str]:
    """The keys that are ours and under which nothing is kept."""
    return {str(key) for key, ours in locked if ours == "t"} - {str(row[0]) for row in found}


def kept_answer(locked: Sequence[Row], found: Sequence[Row], digest: bytes) -> KeptAnswer | None:
    """What is kept under the one key that was looked for.

    Raises:
        ConflictError: the first request with this key is still at work.
        RefusedError: the key was used for something else.
    """
    if [ours for _, ours in locked] != ["t"]:
        raise ConflictError("A request with this Idempotency-Key is still at work. Ask again.", code="in_progress")
    if not found:
        return None
    key, request_hash, status, answer = found[0]
    if request_hash != digest.hex():
        raise RefusedError(
            "This Idempotency-Key was used for another request. Take a new one.", code="idempotency_key_reused"
        )
    return KeptAnswer(str(key), digest, int(status or 0), bytes.fromhex(answer or ""))


def keep(customer_id: UUID, answers: Sequence[KeptAnswer]) -> Step:
    """Keep the answers, each under its key."""
    return KEEP.step(
        {
            "customer_id": customer_id,
            "keys": [each.key for each in answers],
            "digests": [each.digest for each in answers],
            "statuses": [int(each.status) for each in answers],
            "answers": [each.answer for each in answers],
        }
    )


class Refusal(msgspec.Struct, frozen=True):
    """A refusal as it is kept."""

    code: str
    message: str
    details: dict[str, Any]
