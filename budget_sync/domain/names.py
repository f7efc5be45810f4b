"""Names as people write them, and the folded key under which two spellings are the same name."""

import re
import unicodedata

LONGEST_NAME = 500  # characters of a department or sub-category
LONGEST_KEY = 1200  # bytes of its folded key: the two of a line fit one entry of a PostgreSQL index, 2,704 bytes
_SPACE = re.compile(r"\s+")
# What nobody sees: soft hyphens, blank fillers, marks that turn the direction of a text round. Two names that differ in
# them alone look the same, and a name of nothing else looks empty.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_SHAPING = re.compile("[\u200c\u200d\ufe00-\ufe0f]")  # they join letters and choose glyphs: kept where there are any


def clean_name(text: str) -> str:
    """The name as it is stored and shown: NFC, outer space gone, inner space single, nothing unseen in it."""
    if text.isascii():
        return _SPACE.sub(" ", text).strip()
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    name = _SPACE.sub(" ", seen).strip()
    return name if _SHAPING.sub("", name).strip() else ""


def fold_name(text: str | None) -> str:
    """The key under which names are equal without regard to case, spacing and Unicode form; '' for none.

    >>> fold_name("  engineering ") == fold_name("Engineering")
    True
    """
    if not text:
        return ""
    if text.isascii():
        return _SPACE.sub(" ", text.casefold()).strip()
    seen = _SHAPING.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    return _SPACE.sub(" ", seen.casefold()).strip()


def has_key(name: str) -> bool:
    """Whether a cleaned name is short enough, and so is its folded key: one sign can take 33 bytes in it."""
    if len(name) > LONGEST_NAME:
        return False
    return name.isascii() or len(fold_name(name).encode("utf-8", "replace")) <= LONGEST_KEY
