"""The short way of a check of one line."""

from http import HTTPStatus

import msgspec
from litestar.types import Scope

from api.authentication import Caller
from api.budget_check.schemas import CheckQuestion
from api.json_text import encode_json
from api.short_way import ShortWay
from budget_sync.approval.check import check_budget_async
from budget_sync.approval.request import CheckRequest


async def _answer(scope: Scope, caller: Caller, _: CheckQuestion, request: CheckRequest) -> bytes:
    state = scope["litestar_app"].state
    answer = await check_budget_async(state.answering, caller.terms, request)
    state.check_log.add(caller, request, answer)
    return encode_json(answer)


FAST_CHECK = ShortWay("check", HTTPStatus.OK, msgspec.json.Decoder(CheckQuestion), _answer)
