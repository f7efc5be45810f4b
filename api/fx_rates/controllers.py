"""``/api/fx-rates``: what foreign currencies are worth, for a customer's administrators."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_cursor, strange_cursor
from api.etags import etag, wanted_version
from api.fx_rates.examples import RATE_BODIES, RATE_CHANGES, RATES, rate_answer
from api.fx_rates.schemas import RateBody, RateChange, RatesPage
from api.json_text import JsonBody, JsonResponse
from api.parameters import CustomerId
from api.problems import problems
from budget_sync.approval.rate_list import (
    RatePlace,
    RecordedRate,
    change_rate,
    delete_rate,
    list_rates,
    read_rate,
    record_rate,
)


class FxRatesController(Controller):
    """A check takes the latest rate not after today, and names it in its answer."""

    path = "/api/fx-rates"
    tags = ("Administration",)
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listRates", summary="List exchange rates", responses=RATES | problems(400, 401, 403, 503))
    async def rates(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> RatesPage:
        """By currency, the newest day first."""
        require_own(caller, customer_id)
        after = _place(read_cursor(cursor, 3))
        async with state.connections.tenant(caller.customer_id) as connection:
            found = await list_rates(connection, limit + 1, after)
        return RatesPage(*page_of(found, limit, _keys))

    @post(
        dto=JsonBody[RateBody],
        return_dto=None,
        operation_id="recordRate",
        summary="Record the rate of a day",
        responses=rate_answer(201, "The rate") | problems(400, 401, 403, 409, 413, 415, 503),
    )
    async def record(
        self, data: Annotated[RateBody, Body(examples=RATE_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[RecordedRate]:
        """It holds from that day until a later day's."""
        require_own(caller, data.customer_id)
        new = data.to_rate()
        async with state.connections.tenant(caller.customer_id) as connection:
            rate = await record_rate(connection, caller.customer_id, new, caller.key_id)
        return JsonResponse(rate, status_code=201, headers=etag(rate.version))

    @get(
        "/{rate_id:uuid}",
        operation_id="readRate",
        summary="Read one rate",
        responses=rate_answer(200, "The rate") | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, rate_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[RecordedRate]:
        """With the ETag that a change must name."""
        async with state.connections.tenant(caller.customer_id) as connection:
            rate = await read_rate(connection, rate_id)
        return JsonResponse(rate, headers=etag(rate.version))

    @patch(
        "/{rate_id:uuid}",
        dto=JsonBody[RateChange],
        return_dto=None,
        operation_id="changeRate",
        summary="Correct the rate of a day",
        responses=rate_answer(200, "The rate now") | problems(400, 401, 403, 404, 412, 413, 415, 503),
    )
    async def change(
        self,
        rate_id: FromPath[UUID],
        data: Annotated[RateChange, Body(examples=RATE_CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[RecordedRate]:
        """If-Match names the version that it was made from. What was booked by the rate stays as it is."""
        version, figure = wanted_version(request), data.checked_rate()
        async with state.connections.tenant(caller.customer_id) as connection:
            rate = await change_rate(connection, rate_id, version, figure, caller.key_id)
        return JsonResponse(rate, headers=etag(rate.version))

    @delete(
        "/{rate_id:uuid}",
        operation_id="deleteRate",
        summary="Take a rate back",
        responses=problems(400, 401, 403, 404, 412, 503),
    )
    async def delete(
        self,
        rate_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """Checks from now on use the one before. If-Match names the version."""
        version = wanted_version(request)
        async with state.connections.tenant(caller.customer_id) as connection:
            await delete_rate(connection, rate_id, version, caller.key_id)


def _keys(rate: RecordedRate) -> tuple[str, ...]:
    return rate.to_currency, rate.from_currency, rate.valid_on.isoformat()


def _place(keys: tuple[str, ...] | None) -> RatePlace | None:
    if keys is None:
        return None
    try:
        return RatePlace(keys[0], keys[1], date.fromisoformat(keys[2]))
    except ValueError as error:
        raise strange_cursor() from error
