"""Which currency a symbol means that several share (``$``, ``kr``), by the words of the file: ``Cifras en pesos``.

In: the currency that was guessed, the texts that speak of the amounts, and everything that may bear the guess out.
Out: the currency, '' where the words only deny it. A rate of exchange names currencies that the amounts are not in.
"""

import re
from collections.abc import Sequence
from functools import cache

from budget_sync.domain.vocabulary import Phrases, currencies


def told_in_words(guess: str, texts: Sequence[str], beside: Sequence[str] = ()) -> str:
    """The guess, where its code, its name or a symbol of its own stands anywhere, or where no text says otherwise."""
    money = currencies()
    rivals = {code for codes in money.shared.values() if codes[0] == guess for code in codes}
    if len(rivals) <= 1 or any(_stands_in(guess, text) for text in (*texts, *beside)):
        return guess
    said = [text for text in texts if text not in _exchange()]
    named = {code for code in rivals if any(text in _names(code) for text in said)}
    if len(named) == 1:
        return named.pop()
    denied = {
        code for word, codes in money.denied.items() if any(text in _word(word) for text in said) for code in codes
    }
    left = rivals - denied
    return guess if guess in left else left.pop() if len(left) == 1 else ""


def _stands_in(code: str, text: str) -> bool:
    symbols = (symbol for symbol, own in currencies().symbols.items() if own == code)
    spelled = re.search(rf"(?<![A-Za-z]){code}(?![A-Za-z])", text) is not None or text in _names(code)
    return spelled or any(map(text.__contains__, symbols))


@cache
def _names(code: str) -> Phrases:
    return Phrases.of([name for name, own in currencies().names.items() if own == code])


@cache
def _word(word: str) -> Phrases:
    return Phrases.of([word])


@cache
def _exchange() -> Phrases:
    return Phrases.of(currencies().exchange.words)
