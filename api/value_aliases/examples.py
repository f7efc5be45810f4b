"""Aliases as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.value_aliases.schemas import AliasesPage
from budget_sync.importing.value_aliases import ValueAlias

_ALIAS: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-0000000000e1",
    "field": "department",
    "alias": "Enginerring",
    "name": "Engineering",
    "createdBy": "k1",
    "createdAt": "2025-01-15T09:30:00Z",
    "updatedAt": "2025-01-15T09:30:00Z",
    "version": 1,
}
ALIAS_BODIES = [
    Example(
        id="same",
        summary="Another spelling of a known name",
        value={"field": "department", "alias": "Enginerring", "name": "Engineering"},
    ),
    Example(
        id="own",
        summary="A name of its own",
        value={"field": "subCategory", "alias": "Eng. Travel", "name": "Eng. Travel"},
    ),
]
ALIAS_CHANGES = [Example(id="name", value={"name": "Engineering & Design"})]


def alias_answer(status: int, description: str) -> dict[int, ResponseSpec]:
    """One alias."""
    example = Example(id="alias", summary=description, value=_ALIAS)
    return {status: ResponseSpec(ValueAlias, generate_examples=False, description=description, examples=[example])}


_PAGE = Example(
    id="aliases", summary="One alias", value={"aliases": [_ALIAS], "count": 1, "nextCursor": None, "success": True}
)
ALIASES = {200: ResponseSpec(AliasesPage, generate_examples=False, description="All aliases", examples=[_PAGE])}
