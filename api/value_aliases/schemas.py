"""Aliases as they stand on the wire."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from budget_sync.approval.request import request_name
from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import LONGEST_NAME
from budget_sync.importing.value_aliases import ValueAlias

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]


class AliasBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The answer to a question about a name: ``alias`` in a file is ``name``. Equal to it: a name of its own."""

    field: Literal["department", "subCategory"]
    alias: Name
    name: Name
    customer_id: UUID | None = None

    def checked(self) -> tuple[TargetField, str, str]:
        """Field, alias and name, cleaned.

        Raises:
            InvalidRequestError: a name is blank or holds a control character.
        """
        return TargetField(self.field), request_name(self.alias, "alias"), request_name(self.name, "name")


class AliasChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The name that the alias stands for from now on."""

    name: Name

    def checked_name(self) -> str:
        """The name, cleaned.

        Raises:
            InvalidRequestError: it is blank or holds a control character.
        """
        return request_name(self.name, "name")


class AliasesPage(msgspec.Struct, frozen=True, rename="camel"):
    """By field and spelling; ``next_cursor`` None: it is the last page."""

    aliases: list[ValueAlias]
    count: int
    next_cursor: str | None
    success: bool = True
