"""Text as vocabulary compares it: one case, no accents, words apart.

In: any header, title or cell. Out: folded text, or its words. ``chf_2019`` and ``budget2023`` come apart at the
figures, ``fiscalYear`` at the capital; Chinese, Japanese and Korean runs stay whole, for they are searched inside.
"""

import re
import unicodedata
from functools import lru_cache

from budget_sync.domain.short_texts import LONGEST_TEXT

_COMBINING = re.compile("[\u0300-\u036f]")  # Latin, Greek, Cyrillic accents; not the marks of kana or Arabic
_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z])(?=[A-Z][a-zß-öø-ÿ])")
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_LETTERS = str.maketrans({"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def fold_text(text: str) -> str:
    """One spelling: compatibility forms resolved, case and accents gone, punctuation kept."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _COMBINING.sub("", plain)).translate(_LETTERS)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words and figures of a text, in order; of prose, the first ones."""
    return _words(text[:LONGEST_TEXT])


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    apart = text if text.islower() else _CAMEL.sub(" ", text)
    return tuple(_WORD.findall(fold_text(apart)))


def fold_phrase(text: str) -> str:
    """The words with one space between: how a phrase of the vocabulary is looked up."""
    return " ".join(words_of(text))
