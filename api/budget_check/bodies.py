"""The two forms of a check's body: one question, or the lines of one purchase."""

from typing import Any

import msgspec
from litestar.typing import FieldDefinition

from api.budget_check.schemas import CheckLines, CheckQuestion
from api.json_text import JsonBody, decode_body

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
_question = msgspec.json.Decoder(CheckQuestion)
_lines = msgspec.json.Decoder(CheckLines)


class CheckBody(JsonBody[CheckQuestion]):
    """The member ``lines`` tells them apart, so that a refusal speaks of the form that was meant."""

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: type[Any] | None = None
    ) -> None:
        """Both decoders are there already."""

    def decode(self, value: bytes) -> CheckQuestion | CheckLines:
        """The struct of the body.

        Raises:
            InvalidRequestError: it fits neither form.
        """
        if "lines" in decode_body(_members, value):
            return decode_body(_lines, value)
        return decode_body(_question, value)
