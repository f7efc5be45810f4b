"""What the label of a row says: a total, a result of other rows, a remark.

In: the text of a label cell. Out: yes or no, by the vocabulary's words; a long sentence is no label.
"""

import re

from budget_sync.domain.short_texts import remembers
from budget_sync.domain.vocabulary import vocabulary, words_of

_MOST_WORDS = 9
_MARKED = re.compile(r"\s*=\s*[^\W\d_]{2}")  # not =A1
_ORDINAL = re.compile(r"\s*(?:[0-9]{1,2}|[IVX]{1,5}|[A-Za-z])[.)]?\s*")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


@remembers(65_536)
def says_total(text: str) -> bool:
    """Whether the label begins or ends with a total word (``Total travel``, ``Travel total``, ``Subtotal 12``)."""
    words = words_of(text)
    if not words or len(words) > _MOST_WORDS:
        return False
    rows = vocabulary().rows
    last = max((index for index, word in enumerate(words) if not word.isdigit()), default=-1) + 1
    hits = (*rows.total.hits(text), *rows.subtotal.hits(text))
    return any(hit.start == 0 or hit.end >= last or (hit.start == 1 and len(words[0]) <= len("WP12")) for hit in hits)


@remembers(16_384)
def says_total_alone(text: str) -> bool:
    """Whether the label is a total word and nothing else: ``Grand total``, ``Subtotal 2``; not ``Total Rewards``."""
    rows = vocabulary().rows
    hits = (*rows.total.hits(text), *rows.subtotal.hits(text))
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    return bool(covered) and all(place in covered or word.isdigit() for place, word in enumerate(words_of(text)))


@remembers(16_384)
def name_of_total(text: str) -> str:
    """What is totalled: ``postage`` of ``Postage total`` and of ``Total for Postage``; '' where nothing is named."""
    words = words_of(text)
    rows = vocabulary().rows
    for hit in (*rows.subtotal.hits(text), *rows.total.hits(text)):
        if hit.start == 0 or hit.end == len(words):
            return " ".join((*words[: hit.start], *words[hit.end :]))
    return ""


@remembers(16_384)
def says_derived(text: str) -> bool:
    """Whether the label begins with the name of a result of other rows (``Net income``, ``Saldo``)."""
    words = words_of(text)
    return is_marked_result(text) or (
        bool(words)
        and len(words) <= _MOST_WORDS
        and any(hit.start == 0 for hit in vocabulary().rows.derived.hits(text))
    )


@remembers(16_384)
def names_result(text: str) -> bool:
    """Whether the label is the name of a result and nothing else (``Gross profit``, ``Net result (lines 3 and 9)``)."""
    return vocabulary().rows.derived.is_whole(_REMARK.sub("", text))


def is_marked_result(text: str) -> bool:
    """``= Result``, as tables mark it whose lines bear a plus or a minus, or ``of which salaries``, a part."""
    return _MARKED.match(text) is not None or any(hit.start == 0 for hit in vocabulary().rows.part.hits(text))


def is_ordinal(text: str) -> bool:
    """``8.``, ``IV`` or ``c)``: it says where a row stands, and nothing of what it is."""
    return _ORDINAL.fullmatch(text) is not None


@remembers(16_384)
def knows_word(text: str) -> bool:
    """Whether a word of the text is one that headers of budgets bear."""
    return any(text in words.positive for words in vocabulary().fields.values()) or text in vocabulary().figures.actual
