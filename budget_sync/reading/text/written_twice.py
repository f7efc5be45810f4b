"""Text that was encoded as UTF-8 twice, its letters read as cp1252 in between: ``AÃ±o`` for Año.

In: the text. Out: the text as it was, None where one letter beyond ASCII is no part of such a pair.
"""

import codecs

_BETWEEN = "cp1252"
_HOLES = "budget_sync.holes_of_cp1252"
_LAST_BYTE = 0xFF


def written_once(text: str) -> str | None:
    """``Ã`` alone, or before a letter that no second byte of UTF-8 becomes, is itself."""
    if text.isascii():
        return None
    try:
        return text.encode(_BETWEEN, _HOLES).decode("utf-8").removeprefix("\ufeff")
    except UnicodeError:
        return None


def _as_byte(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes that cp1252 leaves open are kept by most programs as the characters of their numbers."""
    if not isinstance(error, UnicodeEncodeError) or ord(error.object[error.start]) > _LAST_BYTE:
        raise error
    return bytes([ord(error.object[error.start])]), error.start + 1


codecs.register_error(_HOLES, _as_byte)
