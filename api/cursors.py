"""An opaque cursor: the keys of the last line of a page as URL-safe text, and back."""

import base64
import binascii
from typing import Annotated

import msgspec

from api.parameters import PLAIN
from budget_sync.domain.errors import InvalidRequestError

LONGEST_CURSOR = 4000
_Key = Annotated[str, msgspec.Meta(pattern=PLAIN)]
_decoder = msgspec.json.Decoder(tuple[_Key, _Key, _Key, _Key, _Key])


def write_cursor(keys: tuple[str, ...] | None) -> str | None:
    """The cursor of these keys; None stays None."""
    if keys is None:
        return None
    return base64.urlsafe_b64encode(msgspec.json.encode(keys)).decode("ascii").rstrip("=")


def read_cursor(cursor: str | None) -> tuple[str, ...] | None:
    """The keys of a cursor; None stays None.

    Raises:
        InvalidRequestError: it is none that we gave.
    """
    if cursor is None:
        return None
    try:
        return _decoder.decode(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise InvalidRequestError("cursor must be the nextCursor of the page before.", field="cursor") from error
