"""Bytes become text: byte order marks, UTF-16 and UTF-32, UTF-8 strictly, then the code page with the best evidence."""

import codecs
import re
from dataclasses import dataclass

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.text.code_pages import DEFAULT_CODE_PAGE, guess_code_page
from budget_sync.reading.text.written_twice import written_once

# UTF-32 first: its little-endian mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_ZEROS_OF_WIDE_TEXT = 0.25
_NEARLY_ALL = 0.9
_FEW_STRAYS = 0.1  # of the characters above 127
# Python's others are no encodings of files (punycode of a large one takes hours).
_OF_FILES = re.compile(
    r"utf-(?:8(?:-sig)?|(?:16|32)(?:-[lb]e)?)|ascii|(?:cp|iso8859-|mac-|koi8-|shift_jis|euc_|gb|big5|iso2022_)\w*"
    r"|johab|hz|tis-620|kz1048|ptcp154"
)
_STRAY_BYTES = "budget_sync.stray_bytes"
LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file without its byte order mark, and the encoding that gave it.

    ``stray_bytes``: how many bytes did not fit and were read as cp1252. What does not fit there either, and what wide
    text has too few bytes for, stands as U+FFFD. ``twice``: the text was encoded twice, and is read as before that.
    """

    text: str
    encoding: str
    stray_bytes: int = 0
    twice: bool = False

    @property
    def lost_characters(self) -> int:
        """How many characters nobody can tell any more, here or where the file was written."""
        return self.text.count(LOST)


def decode_text(content: bytes, encoding: str | None = None) -> DecodedText:
    """The text of ``content``; an ``encoding`` that a person chose is taken before all evidence.

    Raises:
        UnreadableFileError: the chosen encoding is unknown or does not fit the bytes (``encoding``).
    """
    if encoding is not None:
        return _decode_as(content, encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content, name)
    if wide := _wide_without_mark(content[:_HEAD]):
        return DecodedText(content.decode(wide, "replace"), wide)
    try:
        return _once(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(content, "utf-8") or _decode_code_page(content)


def _decode_as(content: bytes, encoding: str) -> DecodedText:
    if not _is_of_files(encoding):
        raise UnreadableFileError(
            f"There is no encoding named '{encoding}'. Use a name such as utf-8, cp1252 or utf-16.", reason="encoding"
        )
    try:
        return DecodedText(content.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeError as error:
        raise UnreadableFileError(
            f"The file is not written in {encoding}: not all of its bytes fit. Choose another encoding, or none.",
            reason="encoding",
        ) from error


def _is_of_files(encoding: str) -> bool:
    try:
        return _OF_FILES.fullmatch(codecs.lookup(encoding).name) is not None
    except (LookupError, ValueError):  # a NUL in the name is a ValueError
        return False


def _decode_marked(content: bytes, name: str) -> DecodedText:
    if name == "utf-8-sig":
        marked = content.removeprefix(codecs.BOM_UTF8)
        try:
            return _once(marked.decode("utf-8"), name)
        except UnicodeDecodeError:  # a mark of UTF-8 before text of a code page: some programs write it always
            return _nearly_utf8(marked, name) or _decode_code_page(marked)
    return DecodedText(content.decode(name, "replace"), name)


def _once(text: str, name: str) -> DecodedText:
    once = written_once(text)
    return DecodedText(text, name) if once is None else DecodedText(once, name, twice=True)


def _decode_code_page(content: bytes) -> DecodedText:
    page = guess_code_page(content)
    try:
        return DecodedText(content.decode(page), page)
    except UnicodeDecodeError:
        strays = sum(map(_is_stray, content.decode(page, "surrogateescape")))
        text = content.decode(page, _STRAY_BYTES)
        return DecodedText(text, page, strays - text.count(LOST))


def _nearly_utf8(content: bytes, name: str) -> DecodedText | None:
    """UTF-8 with a few stray bytes, as files have that were joined from several or cut in the middle of a letter."""
    text = content.decode("utf-8", "surrogateescape")
    strays = sum(map(_is_stray, text))
    others = sum(character > "\x7f" for character in text) - strays
    if strays > _FEW_STRAYS * others and not (others and strays < len(codecs.BOM_UTF32_LE) and _cut_at_end(content)):
        return None
    return DecodedText(content.decode("utf-8", _STRAY_BYTES), name, strays)


def _is_stray(character: str) -> bool:
    return "\udc80" <= character <= "\udcff"


def _cut_at_end(content: bytes) -> bool:
    try:
        content[:-3].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(content) - 2 * len(codecs.BOM_UTF32_LE)
    return True


def _read_as_default(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - registered for decoding alone
    stray = error.object[error.start : error.end]
    return stray.decode(DEFAULT_CODE_PAGE, "replace"), error.end


codecs.register_error(_STRAY_BYTES, _read_as_default)


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by where its zero bytes stand; None for text of single bytes."""
    if head.count(0) <= len(head) * _ZEROS_OF_WIDE_TEXT:
        return None
    zeros = [head[offset::4].count(0) for offset in range(4)]
    quarter = len(head) // 4 * _NEARLY_ALL
    if zeros[1] > quarter and zeros[2] > quarter:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    return "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"
