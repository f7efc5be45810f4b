"""JSON in and out without a float: money is read from the text of the request and written from its Decimal.

Bodies are decoded into closed structs; a money member is declared as ``msgspec.Raw``, so that its own text is judged:
msgspec alone takes ``"1_000"``, ``"١٢"`` and ``1e309`` for decimals.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.dto import AbstractDTO
from litestar.exceptions import HTTPException
from litestar.openapi.spec import Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.plugins import OpenAPISchemaPlugin
from litestar.serialization import default_serializer
from litestar.typing import FieldDefinition

from api.misreadings import worded
from budget_sync.domain.errors import InvalidRequestError

T = TypeVar("T")
UNSUPPORTED_MEDIA_TYPE = 415
LARGEST_AMOUNT = 999_999_999_999_999.9
_encoder = msgspec.json.Encoder(decimal_format="number", enc_hook=default_serializer)


def encode_json(content: object) -> bytes:
    """Structs, lists and dicts as JSON; a Decimal is a number with the digits that it has."""
    return _encoder.encode(content)


class JsonResponse(Response[T]):
    """The service's answer: as Litestar's, with money as numbers."""

    def render(self, content: Any, media_type: str, enc_hook: Any = default_serializer) -> bytes:
        """Encode what is not text already; what is no JSON goes Litestar's way."""
        if isinstance(content, bytes | str) or media_type != "application/json":
            return super().render(content, media_type, enc_hook)
        return encode_json(content)


class JsonBody(AbstractDTO[T]):
    """Decodes the body straight into the struct that the handler's ``data`` names; floats keep their text."""

    _decoders: ClassVar[dict[str, msgspec.json.Decoder[Any]]] = {}

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: Any = None
    ) -> None:
        """Prepare the decoder of one handler, once."""
        del backend_cls
        cls._decoders[handler_id] = msgspec.json.Decoder(field_definition.annotation, float_hook=Decimal)

    @classmethod
    def create_openapi_schema(cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any) -> Any:
        """The schema of the struct itself."""
        del handler_id
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:
        """Only bodies are decoded here; answers are encoded by the response class."""
        return field_definition.name == "data"

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        """Not used: fields are those of the struct."""
        del model_type
        yield from ()

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        """Not used: nested structs are decoded by msgspec."""
        del field_definition
        return False

    def decode_bytes(self, value: bytes) -> Any:
        """The struct of the body.

        Raises:
            InvalidRequestError: no JSON, a member that the struct does not have, a wrong type.
        """
        _require_json(self.asgi_connection)
        return self.decode(value)

    def decode(self, value: bytes) -> Any:
        """The struct of a body that says it is JSON.

        Raises:
            InvalidRequestError: as ``decode_bytes``.
        """
        return decode_body(self._decoders[self.asgi_connection.route_handler.handler_id], value)


def decode_body(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    """The struct of a JSON body, or the sentence that says where it is wrong.

    Raises:
        InvalidRequestError: no JSON, a member that the struct does not have, a wrong type.
    """
    try:
        return decoder.decode(body)
    except UnicodeDecodeError as error:
        raise InvalidRequestError("The body is not UTF-8.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidRequestError(f"The body does not fit: {worded(str(error))[:300]}.") from error


def _require_json(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    if isinstance(connection, Request) and connection.content_type[0] != "application/json":
        raise HTTPException(status_code=UNSUPPORTED_MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """In the annotation of a ``msgspec.Raw``: which numbers it stands for, where money above 0 is not meant."""

    minimum: float
    maximum: float = LARGEST_AMOUNT
    exclusive: bool = False


class MoneySchema(OpenAPISchemaPlugin):
    """``msgspec.Raw`` stands for money in a request (above 0, at most 4 decimals), ``Decimal`` for it in an answer.

    A ``msgspec.Raw`` that is no money says by ``msgspec.Meta(extra_json_schema=...)`` of which type it is.
    """

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        """Whether the type is the one that money is declared with."""
        return value in (msgspec.Raw, Decimal)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Schema:
        """The schema of an amount, or of the range that the annotation names."""
        del schema_creator
        if field_definition.annotation is Decimal:
            return Schema(type=OpenAPIType.NUMBER)
        said = next((each for each in field_definition.metadata if isinstance(each, msgspec.Meta)), None)
        if said is not None and said.extra_json_schema is not None:
            return Schema(type=OpenAPIType(said.extra_json_schema["type"]))
        named = next((each for each in field_definition.metadata if isinstance(each, NumberRange)), _MONEY)
        if named.exclusive:
            return Schema(type=OpenAPIType.NUMBER, exclusive_minimum=named.minimum, maximum=named.maximum)
        return Schema(type=OpenAPIType.NUMBER, minimum=named.minimum, maximum=named.maximum)


_MONEY = NumberRange(0, exclusive=True)
