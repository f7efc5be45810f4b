"""``/api/customers``: whose budgets are kept here, for operators alone."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

import anyio
from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.params import Body, FromPath

from api.cursors import Cursor, Limit, page_of, read_cursor
from api.customers.examples import CUSTOMER_BODIES, CUSTOMER_CHANGES, CUSTOMERS, customer_answer
from api.customers.schemas import CustomerBody, CustomerChange, CustomersPage
from api.etags import etag, wanted_version
from api.json_text import JsonBody, JsonResponse
from api.problems import problems
from budget_sync.importing.customers import (
    Customer,
    change_customer,
    create_customer,
    delete_customer,
    get_customer,
    list_customers,
)


class CustomersController(Controller):
    """An operator's key belongs to no customer and sees no budget; it is made at the command line."""

    path = "/api/customers"
    tags = ("Administration",)
    opt = {"scope": "operator"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listCustomers", summary="List customers", responses=CUSTOMERS | problems(400, 401, 403, 503))
    async def page(
        self,
        state: State,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> CustomersPage:
        """By short name."""
        (after,) = read_cursor(cursor, 1) or ("",)
        found = await anyio.to_thread.run_sync(list_customers, state.database, limit + 1, after)
        return CustomersPage(*page_of(found, limit, lambda customer: (customer.slug,)))

    @post(
        dto=JsonBody[CustomerBody],
        return_dto=None,
        operation_id="createCustomer",
        summary="Make a customer",
        responses=customer_answer(201) | problems(400, 401, 403, 409, 413, 415, 503),
    )
    async def create(
        self,
        data: Annotated[CustomerBody, Body(examples=CUSTOMER_BODIES)],
        request: Request[Any, Any, Any],
        state: State,
    ) -> Response[Customer]:
        """Its first key is made with ``POST /api/keys``."""
        work = partial(
            create_customer,
            state.database,
            data.slug,
            data.checked_name(),
            currency=data.currency,
            fiscal_year_start=data.fiscal_year_start,
            actor=request.scope["user"].key_id,
        )
        customer = await anyio.to_thread.run_sync(work)
        return JsonResponse(customer, status_code=201, headers=etag(customer.version))

    @get(
        "/{customer_id:uuid}",
        operation_id="readCustomer",
        summary="Read one customer",
        responses=customer_answer(200) | problems(400, 401, 403, 404, 503),
    )
    async def read(self, customer_id: FromPath[UUID], state: State) -> Response[Customer]:
        """With the ETag that a change must name."""
        customer = await anyio.to_thread.run_sync(get_customer, state.database, customer_id)
        return JsonResponse(customer, headers=etag(customer.version))

    @patch(
        "/{customer_id:uuid}",
        dto=JsonBody[CustomerChange],
        return_dto=None,
        operation_id="changeCustomer",
        summary="Change a customer",
        responses=customer_answer(200) | problems(400, 401, 403, 404, 409, 412, 413, 415, 503),
    )
    async def change(
        self,
        customer_id: FromPath[UUID],
        data: Annotated[CustomerChange, Body(examples=CUSTOMER_CHANGES)],
        request: Request[Any, Any, Any],
        state: State,
    ) -> Response[Customer]:
        """If-Match names the version. The month of the fiscal year is fixed once there are lines."""
        version, actor = wanted_version(request), request.scope["user"].key_id

        def work() -> Customer:
            terms = data.terms(get_customer(state.database, customer_id))
            return change_customer(state.database, customer_id, version, terms, actor)

        customer = await anyio.to_thread.run_sync(work)
        return JsonResponse(customer, headers=etag(customer.version))

    @delete(
        "/{customer_id:uuid}",
        operation_id="deleteCustomer",
        summary="Let a customer end",
        responses=problems(400, 401, 403, 404, 409, 412, 503),
    )
    async def delete(self, customer_id: FromPath[UUID], request: Request[Any, Any, Any], state: State) -> None:
        """Its keys are revoked and its sources stopped; its rows stay. If-Match names the version."""
        version, actor = wanted_version(request), request.scope["user"].key_id
        await anyio.to_thread.run_sync(delete_customer, state.database, customer_id, version, actor)
