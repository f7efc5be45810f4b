"""``/admin/rules``: what passes without a person, and what happens above a budget."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.approval_rules.schemas import RuleBody, RuleChange
from api.json_text import decode_body
from api.pages.admin.frame import admin_page, answer_form, form_version
from api.pages.json_of_forms import body_of
from api.pages.visitors import Visitor
from budget_sync.approval.policy import ApprovalPolicy, WhenExceeded
from budget_sync.approval.rules import change_rule, create_rule, delete_rule, list_rules, read_rule
from budget_sync.domain.errors import BudgetSyncError

_PATH = "/admin/rules"
_LISTED = 500
_NUMBERS = frozenset({"autoApprovalThreshold", "utilizationLimit"})
_FIGURES = (*_NUMBERS, "whenExceeded")
_body = msgspec.json.Decoder(RuleBody)
_change = msgspec.json.Decoder(RuleChange)
_Request = Request[Any, Any, Any]


class RulesPages(Controller):
    """For administrators."""

    path = _PATH
    opt = {"scope": "admin"}  # noqa: RUF012 - Litestar reads it from the class

    @get()
    async def list(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[str]:
        """The widest first."""
        return await _list(request, visitor, state)

    @post(status_code=200)
    async def create(self, request: _Request, visitor: NamedDependency[Visitor], state: State) -> Response[Any]:
        """A rule for a place that has none."""
        caller = visitor.caller

        async def work() -> None:
            asked = decode_body(_body, body_of(await _members(request, "department", "subCategory"), _NUMBERS))
            async with state.connections.tenant(caller.customer_id) as connection:
                await create_rule(connection, caller.customer_id, *asked.place(), asked.figures(), caller.key_id)

        return await answer_form(work(), partial(_list, request, visitor, state), _PATH)

    @post("/{rule_id:uuid}", status_code=200)
    async def change(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, rule_id: FromPath[UUID]
    ) -> Response[Any]:
        """Other figures from now on, if nobody else changed them meanwhile."""
        caller = visitor.caller

        async def work() -> None:
            asked = decode_body(_change, body_of(await _members(request), _NUMBERS))
            version = await form_version(request)
            async with state.connections.tenant(caller.customer_id) as connection:
                figures = asked.figures(await read_rule(connection, rule_id))
                await change_rule(connection, rule_id, version, figures, caller.key_id)

        return await answer_form(work(), partial(_list, request, visitor, state), _PATH)

    @post("/{rule_id:uuid}/delete", status_code=200)
    async def delete(
        self, request: _Request, visitor: NamedDependency[Visitor], state: State, rule_id: FromPath[UUID]
    ) -> Response[Any]:
        """The wider rule holds again."""
        caller = visitor.caller

        async def work() -> None:
            version = await form_version(request)
            async with state.connections.tenant(caller.customer_id) as connection:
                await delete_rule(connection, rule_id, version, caller.key_id)

        return await answer_form(work(), partial(_list, request, visitor, state), _PATH)


async def _members(request: _Request, *place: str) -> dict[str, str]:
    form = await request.form()
    return {name: str(form.get(name, "")).strip() for name in (*place, *_FIGURES)}


async def _list(
    request: _Request, visitor: Visitor, state: State, refused: BudgetSyncError | None = None
) -> Response[str]:
    async with state.connections.tenant(visitor.caller.customer_id) as connection:
        rules = await list_rules(connection, _LISTED)
    return await admin_page(
        request, "admin/rules.html", refused, rules=rules, actions=list(WhenExceeded), standard=ApprovalPolicy()
    )
