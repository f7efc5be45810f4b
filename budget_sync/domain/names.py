"""Names as people write them, and the folded key under which two spellings are the same name."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def clean_name(text: str) -> str:
    """The name as it is stored and shown: NFC, outer space gone, inner space single."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold_name(text: str | None) -> str:
    """The key under which names are equal without regard to case, spacing and Unicode form; '' for none.

    >>> fold_name("  engineering ") == fold_name("Engineering")
    True
    """
    if not text:
        return ""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
