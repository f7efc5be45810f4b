"""An opaque cursor: the keys of the last row of a page as URL-safe text, and back."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

from api.parameters import text_parameter
from api.patterns import PLAIN
from budget_sync.domain.errors import InvalidRequestError

LARGEST_PAGE = 500
_LONGEST = 4000
Cursor = Annotated[str | None, text_parameter("cursor", "nextCursor of a page", _LONGEST)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=LARGEST_PAGE)]
T = TypeVar("T")
_Key = Annotated[str, msgspec.Meta(pattern=PLAIN)]
_decoder = msgspec.json.Decoder(list[_Key])


def write_cursor(keys: tuple[str, ...] | None) -> str | None:
    """The cursor of these keys; None stays None."""
    if keys is None:
        return None
    return base64.urlsafe_b64encode(msgspec.json.encode(keys)).decode("ascii").rstrip("=")


def read_cursor(cursor: str | None, count: int) -> tuple[str, ...] | None:
    """The ``count`` keys of a cursor; None stays None.

    Raises:
        InvalidRequestError: it is none that we gave.
    """
    if cursor is None:
        return None
    try:
        keys = _decoder.decode(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        "".join(keys).encode()  # PostgreSQL takes no lone surrogate
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise strange_cursor() from error
    if len(keys) != count:
        raise strange_cursor()
    return tuple(keys)


def page_of(found: list[T], limit: int, keys: Callable[[T], tuple[str, ...]]) -> tuple[list[T], int, str | None]:
    """The page, how many it holds, and the cursor of the next one; ``found`` was asked for one more than ``limit``."""
    page = found[:limit]
    return page, len(page), write_cursor(keys(page[-1]) if len(found) > limit else None)


def read_id(cursor: str | None) -> UUID | None:
    """The id of a cursor that holds nothing else; None stays None.

    Raises:
        InvalidRequestError: it is none that we gave.
    """
    keys = read_cursor(cursor, 1)
    try:
        return UUID(keys[0]) if keys else None
    except ValueError as error:
        raise strange_cursor() from error


def strange_cursor() -> InvalidRequestError:
    """The refusal of a cursor that is none of ours."""
    return InvalidRequestError("cursor must be the nextCursor of the page before.", field="cursor")
