"""Query parameters that several lists take, and the refusal of those that no list does.

A misspelt filter would otherwise widen the answer in silence.
"""

from datetime import datetime
from functools import cache
from typing import Annotated, Any
from urllib.parse import unquote_to_bytes
from uuid import UUID

from litestar import Request
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from api.patterns import PLAIN
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.names import LONGEST_NAME

CustomerId = Annotated[
    UUID | None, QueryParameter(name="customerId", description="The customer of the key; another one is refused")
]


def text_parameter(name: str, description: str, longest: int = LONGEST_NAME) -> QueryParameter:
    """A query parameter of 1 to ``longest`` characters, none of them a control character."""
    return QueryParameter(name=name, description=description, min_length=1, max_length=longest, pattern=PLAIN)


def require_zone(*moments: datetime | None) -> None:
    """Nothing where each moment says its zone.

    Raises:
        InvalidRequestError: one does not.
    """
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise InvalidRequestError("A moment needs its zone: 2025-01-15T09:30:00Z.")


async def refuse_strange_parameters(request: Request[Any, Any, Any]) -> None:
    """Before a handler runs: every query parameter is one that it declares, and stands there once.

    Raises:
        InvalidRequestError: one is not, or the address is not UTF-8.
    """
    try:
        unquote_to_bytes(request.scope["query_string"]).decode()
    except UnicodeDecodeError as error:
        raise InvalidRequestError("The address is not UTF-8.") from error
    sent = [name for name, _ in request.query_params.multi_items()]
    strange = sorted(set(sent) - _declared(request.route_handler))
    if strange or len(sent) > len(set(sent)):
        named = ", ".join(name[:40] for name in strange[:5])
        message = f"This address has no parameter {named}." if strange else "A parameter stands there twice."
        raise InvalidRequestError(message)


@cache
def _declared(handler: BaseRouteHandler) -> frozenset[str]:
    definitions = (field.kwarg_definition for field in handler.parsed_fn_signature.parameters.values())
    named = {each.name for each in definitions if isinstance(each, QueryParameter) and each.name}
    return frozenset(named)
