"""The peer of the check: FastAPI and asyncpg as their guides show them, answering the bare lookup and nothing else.

No key, no tenant, no rule, no log, one line by its exact names: what is left of a check when all that makes it one is
gone.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel

_LOOKUP = """
SELECT id, budgeted_amount, committed_amount, reserved_amount, actual_spent FROM budget
WHERE customer_id = $1 AND department_key = $2 AND sub_category_key = $3 AND fiscal_period = $4
  AND line_type = 'expense' AND deleted_at IS NULL
"""


class Question(BaseModel):
    """As the service is asked."""

    customerId: UUID  # noqa: N815 - the name on the wire
    department: str
    subCategory: str  # noqa: N815 - the name on the wire
    fiscalPeriod: str  # noqa: N815 - the name on the wire
    amount: Decimal


class Answer(BaseModel):
    """Whether it fits, and the numbers."""

    available: bool
    budgetId: UUID  # noqa: N815 - the name on the wire
    budgetedAmount: Decimal  # noqa: N815 - the name on the wire
    committed: Decimal
    reserved: Decimal
    actualSpent: Decimal  # noqa: N815 - the name on the wire


@asynccontextmanager
async def _pool(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["PEER_DATABASE"], min_size=8, max_size=8) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_pool)


async def pool_of(request: Request) -> asyncpg.Pool:
    """The pool of the application."""
    return request.app.state.pool


@app.post("/api/budget/check")
async def check(question: Question, pool: Annotated[asyncpg.Pool, Depends(pool_of)]) -> Answer:
    """The one line of exactly these names."""
    row = await pool.fetchrow(
        _LOOKUP, question.customerId, question.department.lower(), question.subCategory.lower(), question.fiscalPeriod
    )
    if row is None:
        raise HTTPException(404)
    budget_id, budgeted, committed, reserved, spent = row
    return Answer(
        available=question.amount <= budgeted - committed - reserved,
        budgetId=budget_id,
        budgetedAmount=budgeted,
        committed=committed,
        reserved=reserved,
        actualSpent=spent,
    )
