"""``POST /api/budget/check``."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body

from api.authentication import Caller, require_own
from api.budget_check.bodies import CheckBody
from api.budget_check.examples import CHECK_ANSWERS, QUESTIONS, SUGGESTIONS
from api.budget_check.schemas import CheckLines, CheckQuestion, Suggestions
from api.parameters import CustomerId, text_parameter
from api.problems import problems
from budget_sync.approval.answer import CheckAnswer, SeveralAnswers
from budget_sync.approval.check import check_budget_async, check_several_async, suggest_names


class BudgetCheckController(Controller):
    """Questions about what a budget still covers. An answer promises nothing: only a reservation does."""

    path = "/api/budget"
    tags = ("Budget control",)

    @post(
        "/check",
        dto=CheckBody,
        return_dto=None,
        status_code=200,
        opt={"scope": "check"},
        request_max_body_size=64 * 1024,
        operation_id="checkBudget",
        summary="Is this purchase covered?",
        responses=CHECK_ANSWERS | problems(400, 401, 403, 404, 413, 415, 503),
    )
    async def check(
        self,
        data: Annotated[CheckQuestion | CheckLines, Body(examples=QUESTIONS)],
        caller: NamedDependency[Caller],
        state: State,
    ) -> CheckAnswer | SeveralAnswers:
        """Always 200 for a well-formed question, whatever the decision. Nothing is reserved and nothing cached."""
        require_own(caller, data.customer_id)
        if isinstance(data, CheckLines):
            requests = data.to_requests()
            several = await check_several_async(state.answering, caller.terms, requests)
            for asked, given in zip(requests, several.lines, strict=True):
                state.check_log.add(caller, asked, given)
            return several
        request = data.to_request()
        answer = await check_budget_async(state.answering, caller.terms, request)
        state.check_log.add(caller, request, answer)
        return answer

    @get(
        "/suggest",
        opt={"scope": "check"},
        operation_id="suggestNames",
        summary="Which name was meant?",
        responses=SUGGESTIONS | problems(400, 401, 403, 503),
    )
    async def suggest(
        self,
        caller: NamedDependency[Caller],
        state: State,
        q: Annotated[str, text_parameter("q", "The name as it was written")],
        department: Annotated[str | None, text_parameter("department", "Look among its sub-categories")] = None,
        customer_id: CustomerId = None,
    ) -> Suggestions:
        """Departments that are spelt alike; with ``department``, its sub-categories."""
        require_own(caller, customer_id)
        async with state.connections.tenant(caller.customer_id) as connection:
            return Suggestions(await suggest_names(connection, q, department))
