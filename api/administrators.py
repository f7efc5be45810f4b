"""Who administers the keys of a customer: the customer's own administrator, or an operator who names the customer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import anyio
from litestar import Request

from api.authentication import require_own
from api.keyring import Operator
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.importing.customers import get_customer


@dataclass(frozen=True, slots=True)
class Administrator:
    """Whose keys, and who acts."""

    customer_id: UUID
    actor: str


async def administrator(request: Request[Any, Any, Any], customer_id: UUID | None) -> Administrator:
    """The administrator of the customer that the request means.

    Raises:
        ForbiddenError: a customer's key names another customer.
        InvalidRequestError: an operator names none.
        NotFoundError: an operator names one that there is not.
    """
    holder = request.scope["user"]
    if not isinstance(holder, Operator):
        require_own(holder, customer_id)
        return Administrator(holder.customer_id, holder.key_id)
    if customer_id is None:
        raise InvalidRequestError("An operator says whose keys are meant: customerId.", field="customerId")
    await anyio.to_thread.run_sync(get_customer, request.app.state.database, customer_id)
    return Administrator(customer_id, holder.key_id)
