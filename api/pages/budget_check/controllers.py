"""``/budget-check``: a question, its answer, and what can be done with it; nothing here that a program could not do."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from api.pages.budget_check.asked import ask_check, ask_move, ask_reserve, ask_status
from api.pages.budget_check.exchange import Exchange
from api.pages.budget_check.scenarios import scenarios
from api.pages.rendering import page
from api.pages.visitors import Visitor
from api.patterns import PLAIN
from budget_sync.approval.listing import LineFilter, ListedLine, list_lines
from budget_sync.approval.movement import Call
from budget_sync.approval.reservation_types import Conversion
from budget_sync.domain.errors import NotFoundError
from budget_sync.domain.fields import LineType
from budget_sync.domain.names import LONGEST_NAME

_LOOKED_AT = 200
_PLACE = ("department", "subCategory", "fiscalPeriod", "amount", "currency")
_CALLS = (Call.COMMIT, Call.SPEND, Call.RELEASE, Call.CLOSE)
_Request = Request[Any, Any, Any]
_answers = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)


def _member(name: str) -> QueryParameter:
    """A member of the question in the URL; a form sends those that were left empty, too."""
    return QueryParameter(name=name, max_length=LONGEST_NAME, pattern=PLAIN)


class BudgetCheckPages(Controller):
    """For people whose key may check; what moves money needs ``reserve``."""

    path = "/budget-check"
    opt = {"scope": "check"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def check(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        department: Annotated[str, _member("department")] = "",
        sub_category: Annotated[str, _member("subCategory")] = "",
        fiscal_period: Annotated[str, _member("fiscalPeriod")] = "",
        amount: Annotated[str, _member("amount")] = "",
        currency: Annotated[str, _member("currency")] = "",
    ) -> Response[str]:
        """The form; with a question in the URL, its answer too."""
        values = (department, sub_category, fiscal_period, amount, currency)
        members = dict(zip(_PLACE, (value.strip() for value in values), strict=True))
        asked = await ask_check(request, visitor.caller, state, members) if any(members.values()) else None
        example = await _example(state, visitor)
        return page(
            request,
            "budget_check/check.html",
            members=members,
            exchange=asked,
            answer=_read(asked.answer) if asked else None,
            scenarios=scenarios(example) if example else {},
            key=str(uuid4()),
        )

    @post("/reserve", opt={"scope": "reserve"}, status_code=200)
    async def reserve(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """Hold what was asked about."""
        form = await request.form()
        members = {name: str(form.get(name, "")).strip() for name in (*_PLACE, "externalReference", "overrideReason")}
        asked = await ask_reserve(request, visitor.caller, state, members, str(form.get("key", "")))
        return _reservation(request, asked, _read(asked.answer))

    @get("/reservations/{reservation_id:uuid}", opt={"scope": "reserve"})
    async def status(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, reservation_id: FromPath[UUID]
    ) -> Response[str]:
        """How a reservation stands, and what can be done next."""
        asked = await ask_status(request, visitor.caller, state, reservation_id)
        return _reservation(request, asked, _read(asked.answer))

    @post("/reservations/{reservation_id:uuid}/{call:str}", opt={"scope": "reserve"}, status_code=200)
    async def move(
        self,
        request: _Request,
        visitor: NamedDependency[Visitor],
        state: State,
        reservation_id: FromPath[UUID],
        call: FromPath[str],
    ) -> Response[str]:
        """Commit, spend, release or close.

        Raises:
            NotFoundError: there is no such call, or no such reservation.
        """
        if call not in _CALLS:
            raise NotFoundError("A reservation can be committed, spent, released or closed.")
        form = await request.form()
        members = {"reservationId": str(reservation_id), "amount": str(form.get("amount", "")).strip()}
        members["final"] = "true" if form.get("final") else ""
        asked = await ask_move(request, visitor.caller, state, Call(call), members, str(form.get("key", "")))
        now = await ask_status(request, visitor.caller, state, reservation_id)
        return _reservation(request, asked, _read(now.answer), _read(asked.answer))


def _reservation(
    request: _Request, asked: Exchange, standing: dict[str, Any], moved: dict[str, Any] | None = None
) -> Response[str]:
    refusal = next((answer for answer in (moved, standing) if answer and not answer["success"]), None)
    return page(
        request,
        "budget_check/reservation.html",
        exchange=asked,
        standing=standing if standing["success"] else None,
        conversion=msgspec.convert(standing.get("conversion"), Conversion | None),
        refusal=refusal,
        calls=[call.value for call in _CALLS],
        keys={call.value: str(uuid4()) for call in _CALLS},
    )


async def _example(state: State, visitor: Visitor) -> ListedLine | None:
    """A line that has something available, to ask about."""
    customer_id = visitor.caller.customer_id
    async with state.connections.tenant(customer_id) as connection:
        lines = (await list_lines(connection, LineFilter(), _LOOKED_AT)).lines
    open_lines = [line for line in lines if line.line_type == LineType.EXPENSE and line.state == "open"]
    return max((line for line in open_lines if line.utilization.available > 0), key=_available, default=None)


def _available(line: ListedLine) -> Decimal:
    return line.utilization.available


def _read(answer: str) -> dict[str, Any]:
    """The answer as the page shows it in words; amounts stay decimals."""
    read: dict[str, Any] = _answers.decode(answer)
    return read
