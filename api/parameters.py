"""Query parameters that several lists take."""

from typing import Annotated
from uuid import UUID

from litestar.params import QueryParameter

from budget_sync.approval.request import LONGEST_NAME

CustomerId = Annotated[
    UUID | None, QueryParameter(name="customerId", description="The customer of the key; another one is refused")
]
PLAIN = r"^[^\x00-\x1f\x7f]*$"  # PostgreSQL takes no NUL


def text_parameter(name: str, description: str, longest: int = LONGEST_NAME) -> QueryParameter:
    """A query parameter of 1 to ``longest`` characters, none of them a control character."""
    return QueryParameter(name=name, description=description, min_length=1, max_length=longest, pattern=PLAIN)
