"""Which currency a text names: a code, a symbol, a word of money beside figures.

In: a header, a title, an amount as written. Out: ISO 4217, '' for none.
"""

import re
from functools import cache, lru_cache

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import currencies, find_scale, vocabulary

_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_BRACKETED = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_FOLLOWING = re.compile(r"\s+[(\[]?([^\W\d_a-z]\w+)")
_BETWEEN = re.compile(r"[\s,;/]+")
_FIGURES = re.compile(r"[0-9\s.,'\u2019()+\u2212-]+")


@lru_cache(maxsize=4096)
def currency_in(text: str) -> str:
    """The currency that a header or a title names.

    A symbol of plain letters (``kr``, ``Ft``) counts between brackets or behind ``Currency:``; elsewhere it may be
    a word.
    """
    money = currencies()
    for match in _CODE.finditer(text):
        known = match[1] in money.active_codes and match[1] not in money.codes.also_words
        if known and not _begins_a_name(text[match.end() :]):
            return match[1]
    found = next((code for symbol, code in _signs() if symbol in text), "")
    if found:
        return found
    inside = [part for bracket in (*_BRACKETS.findall(text), *_named(text)) for part in _BETWEEN.split(bracket)]
    return next((code for part in inside if part and (code := _of_symbol(part))), "")


def _begins_a_name(behind: str) -> bool:
    """Whether what follows the letters makes them a short name: ``SEK Consulting``, ``CHF (Community Health Fund)``."""
    word = _FOLLOWING.match(behind)
    if word is None or word[1].isupper():
        return False
    known = vocabulary()
    tables = (known.fields[TargetField.BUDGETED_AMOUNT].positive, known.scales, known.rows.total, *known.figures.all)
    return word[1].casefold() not in currencies().code_of and not any(word[1] in table for table in tables)


def without_units(text: str) -> str:
    """The text without the brackets that hold a currency or a scale: ``Amount (kEUR)`` is named Amount.

    ``Column 5 (Budget in EUR)`` is named in its brackets.
    """
    return _BRACKETED.sub(lambda match: " " if _is_unit(match[1]) else match[0], text)


def _is_unit(text: str) -> bool:
    if any(text in table for table in vocabulary().figures.all):
        return False
    return find_scale(text) is not None or bool(beside_figures(text.strip()))


def _named(text: str) -> list[str]:
    """What stands behind the word currency: ``Currency: TRY``."""
    word, colon, value = text.partition(":")
    return [value.strip()] if colon and vocabulary().fields[TargetField.CURRENCY].positive.is_whole(word) else []


@lru_cache(maxsize=4096)
def beside_figures(text: str) -> str:
    """The currency that stands before or behind the figures of an amount, or alone."""
    return next((code for part in _FIGURES.split(text) if part and (code := _of_symbol(part))), "") or currency_in(text)


def _of_symbol(text: str) -> str:
    """Letters as they are written, for ``m`` or ``TOP`` mean other things than ``M`` or ``top``."""
    money = currencies()
    if text in money.active_codes:
        return text
    for written in (text, f"{text}."):
        if written in money.symbols:
            return money.symbols[written]
        if written in money.shared:
            return money.shared[written][0]
    return ""


@cache
def _signs() -> tuple[tuple[str, str], ...]:
    """Symbols that are no words of any language, the longest first: ``R$`` before ``$``."""
    money = currencies()
    codes = money.symbols | {symbol: shared[0] for symbol, shared in money.shared.items()}
    signs = [(symbol, code) for symbol, code in codes.items() if not symbol.rstrip(".").isascii() or "$" in symbol]
    return tuple(sorted(signs, key=lambda sign: (-len(sign[0]), sign[0])))
