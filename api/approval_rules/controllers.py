"""``/api/approval-rules``: what a customer lets pass without a person, for its administrators."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.approval_rules.examples import CHANGES, RULE_BODIES, RULES, rule_answer
from api.approval_rules.schemas import RuleBody, RuleChange, RulesPage
from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_cursor
from api.etags import etag, wanted_version
from api.json_text import JsonBody, JsonResponse
from api.parameters import CustomerId
from api.problems import problems
from budget_sync.approval.rules import (
    ApprovalRule,
    change_rule,
    create_rule,
    delete_rule,
    list_rules,
    place_of,
    read_rule,
)


class ApprovalRulesController(Controller):
    """The most specific rule answers: department and sub-category, department, all."""

    path = "/api/approval-rules"
    tags = ("Administration",)
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listRules", summary="List approval rules", responses=RULES | problems(400, 401, 403, 503))
    async def rules(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> RulesPage:
        """The widest first."""
        require_own(caller, customer_id)
        after = read_cursor(cursor, 2)
        async with state.connections.tenant(caller.customer_id) as connection:
            found = await list_rules(connection, limit + 1, after)
        return RulesPage(*page_of(found, limit, place_of))

    @post(
        dto=JsonBody[RuleBody],
        return_dto=None,
        operation_id="createRule",
        summary="Make the rule of a place",
        responses=rule_answer(201, "The rule") | problems(400, 401, 403, 409, 413, 415, 503),
    )
    async def create(
        self, data: Annotated[RuleBody, Body(examples=RULE_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[ApprovalRule]:
        """A place has one rule."""
        require_own(caller, data.customer_id)
        place, figures = data.place(), data.figures()
        async with state.connections.tenant(caller.customer_id) as connection:
            rule = await create_rule(connection, caller.customer_id, *place, figures, caller.key_id)
        return JsonResponse(rule, status_code=201, headers=etag(rule.version))

    @get(
        "/{rule_id:uuid}",
        operation_id="readRule",
        summary="Read one rule",
        responses=rule_answer(200, "The rule") | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, rule_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[ApprovalRule]:
        """With the ETag that a change must name."""
        async with state.connections.tenant(caller.customer_id) as connection:
            rule = await read_rule(connection, rule_id)
        return JsonResponse(rule, headers=etag(rule.version))

    @patch(
        "/{rule_id:uuid}",
        dto=JsonBody[RuleChange],
        return_dto=None,
        operation_id="changeRule",
        summary="Change a rule",
        responses=rule_answer(200, "The rule now") | problems(400, 401, 403, 404, 412, 413, 415, 503),
    )
    async def change(
        self,
        rule_id: FromPath[UUID],
        data: Annotated[RuleChange, Body(examples=CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[ApprovalRule]:
        """If-Match names the version that it was made from."""
        version = wanted_version(request)
        async with state.connections.tenant(caller.customer_id) as connection:
            figures = data.figures(await read_rule(connection, rule_id))
            rule = await change_rule(connection, rule_id, version, figures, caller.key_id)
        return JsonResponse(rule, headers=etag(rule.version))

    @delete(
        "/{rule_id:uuid}",
        operation_id="deleteRule",
        summary="Delete a rule",
        responses=problems(400, 401, 403, 404, 412, 503),
    )
    async def delete(
        self,
        rule_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """The wider rule holds again. If-Match names the version."""
        version = wanted_version(request)
        async with state.connections.tenant(caller.customer_id) as connection:
            await delete_rule(connection, rule_id, version, caller.key_id)
