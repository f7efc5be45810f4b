"""Bytes become text: byte order marks, UTF-16 and UTF-32, UTF-8 strictly, then the code page with the best evidence."""

import codecs
from dataclasses import dataclass

from budget_sync.domain.errors import UnreadableFileError

# UTF-32 first: its little-endian mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file without its byte order mark, and the encoding that gave it."""

    text: str
    encoding: str


def decode_text(content: bytes, encoding: str | None = None) -> DecodedText:
    """The text of ``content``; an ``encoding`` that a person chose is taken before all evidence.

    Raises:
        UnreadableFileError: the chosen encoding is unknown or does not fit the bytes (``encoding``).
    """
    if encoding is not None:
        return _decode_as(content, encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return DecodedText(content.decode(name, "replace"), name)
    if wide := _wide_without_mark(content[:4096]):
        return DecodedText(content.decode(wide, "replace"), wide)
    try:
        return DecodedText(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return DecodedText(content.decode("cp1252", "replace"), "cp1252")


def _decode_as(content: bytes, encoding: str) -> DecodedText:
    try:
        return DecodedText(content.decode(encoding).removeprefix("\ufeff"), encoding)
    except LookupError as error:
        raise UnreadableFileError(
            f"There is no encoding named '{encoding}'. Use a name such as utf-8, cp1252 or utf-16.", reason="encoding"
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"The file is not written in {encoding}: byte {error.start} does not fit. Choose another, or none.",
            reason="encoding",
        ) from error


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by where its zero bytes stand; None for text of single bytes."""
    if head.count(0) <= len(head) // 4:
        return None
    zeros = [head[offset::4].count(0) for offset in range(4)]
    quarter = len(head) // 4 * 0.9
    if zeros[1] > quarter and zeros[2] > quarter:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    return "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"
