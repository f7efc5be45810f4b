"""An opaque cursor: the keys of the last row of a page as URL-safe text, and back."""

import base64
import binascii
from typing import Annotated
from uuid import UUID

import msgspec

from api.parameters import PLAIN, text_parameter
from budget_sync.domain.errors import InvalidRequestError

_LONGEST = 4000
CURSOR = text_parameter("cursor", "nextCursor of a page", _LONGEST)
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
        raise _strange() from error
    if len(keys) != count:
        raise _strange()
    return tuple(keys)


def read_id(cursor: str | None) -> UUID | None:
    """The id of a cursor that holds nothing else; None stays None.

    Raises:
        InvalidRequestError: it is none that we gave.
    """
    keys = read_cursor(cursor, 1)
    try:
        return UUID(keys[0]) if keys else None
    except ValueError as error:
        raise _strange() from error


def _strange() -> InvalidRequestError:
    return InvalidRequestError("cursor must be the nextCursor of the page before.", field="cursor")
