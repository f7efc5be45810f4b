"""The short way of a reserve that one line takes whole: it is held together with those that wait in the same moment.

201 with the reservation, when it stands in the database; else the handler does it alone, and alone refuses, overrides
and answers again.
"""

from http import HTTPStatus

import msgspec
from litestar.types import Scope

from api.authentication import Caller
from api.idempotency import digest_of
from api.idempotency_keys import GOOD_KEY, HEADER
from api.reservations.schemas import ReserveBody
from api.short_way import ShortWay, only_header
from budget_sync.approval.plain_hold import plain_hold
from budget_sync.approval.reservation_types import ReserveRequest

_KEY = HEADER.encode("ascii")


async def _answer(scope: Scope, caller: Caller, asked: ReserveBody, request: ReserveRequest) -> bytes | None:
    key = only_header(scope, _KEY)
    if key is None or GOOD_KEY.fullmatch(key) is None:
        return None
    state = scope["litestar_app"].state
    hold = await plain_hold(state.answering, caller.terms, request, caller.key_id)
    if hold is None:
        return None
    held: bytes | None = await state.gathering.hold(caller.customer_id, key, digest_of(scope["path"], asked), hold)
    return held


FAST_RESERVE = ShortWay("reserve", HTTPStatus.CREATED, msgspec.json.Decoder(ReserveBody), _answer)
