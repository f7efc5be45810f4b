"""Amounts in thousands or millions, as a header, a title or a note says it."""

import re
from functools import cache

from budget_sync.domain.vocabulary.fold import fold_text, words_of
from budget_sync.domain.vocabulary.lexicon import vocabulary
from budget_sync.domain.vocabulary.money import currencies

_THOUSANDS = re.compile(
    r"(?:[('\u2019$£€] ?|(?<![a-z])(?:in|usd|eur|gbp|chf) )000(?:['\u2019]?s)?(?![0-9.,])|(?<![0-9.,])000['\u2019]?s"
    r"|(?<![a-z0-9])(?:k[€$£]|[€$£]k|t€)(?![a-z0-9])|(?:[(\\[*/] ?|(?<![a-z])(?:in|x) )1[ .]?000 ?€(?![a-z0-9])"
)
_MILLIONS = re.compile(r"(?<![a-z0-9])(?:m[€$£]|[€$£]m)(?![a-z0-9])|(?<![0-9.,])[$£€] ?000[,.]000(?![0-9])")
_STATE = "MN"  # Minnesota
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@cache
def _marks() -> tuple[tuple[re.Pattern[str], int], ...]:
    return (_MILLIONS, 1_000_000), (_THOUSANDS, 1_000)


def find_scale(text: str) -> int | None:
    """The factor that the text names (``in thousands``, ``T€``, ``$000``), None for none.

    A size behind a figure (``the 3 million grant``) is a quantity, not a scale, but behind a year (``Budget 2025 in
    millions``) it is one; ``x 1000`` and ``1000 kr`` are scales.
    """
    folded = fold_text(text)
    for pattern, factor in _marks():
        if pattern.search(folded):
            return factor
    words = words_of(text)
    for hit in vocabulary().scales.hits(text):
        if hit.start and _counts(words[hit.start - 1]) and not words[hit.start].isdigit():
            continue
        if not _is_part_of_name(text, hit.phrase):
            return int(hit.weight)
    return None


def _is_part_of_name(text: str, phrase: str) -> bool:
    """``Thousand Oaks``, ``One Million Trees``, ``Duluth, MN``: a name goes on behind it, or it is a state."""
    if " " in phrase or text.isupper():
        return False
    found = _around(phrase).search(text)
    if found is None:
        return False
    before, behind = found["before"], found["behind"] or ""
    if _is_money(before) or fold_text(before) in vocabulary().before_scales:
        return False
    if _is_money(behind) or fold_text(behind) in vocabulary().behind_scales:
        return False
    return behind[:1].isupper() or (found["word"] == _STATE and bool(before))


@cache
def _around(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<before>\w*)\W*\b(?P<word>{re.escape(phrase)})\b(?:\.?\s+(?P<behind>\w+))?", re.IGNORECASE)


def _is_money(word: str) -> bool:
    return word.casefold() in currencies().code_of


def _counts(word: str) -> bool:
    return word.isdigit() and _YEAR.fullmatch(word) is None
