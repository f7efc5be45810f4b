"""One amount for several spans of time: ``Weekly | Monthly | Annual``, of which the longest holds the others.

In: the candidates. Out: the places of those that are for a shorter span than another, where nothing else tells them
apart.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import Phrases, vocabulary, words_of
from budget_sync.domain.vocabulary.files import read_toml
from budget_sync.mapping.candidates import Candidate

_SEVERAL = 2


class _Spans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spans: list[list[str]]


def shorter_spans(candidates: Sequence[Candidate]) -> set[int]:
    """Each span once; twelve months that are called monthly are something else."""
    told = {one.column.index: span for one in candidates if (span := _span_of(one.column.label)) is not None}
    if len(told) < _SEVERAL or len(set(told.values())) != len(told):
        return set()
    longest = max(told.values())
    return {index for index, span in told.items() if span < longest}


def _span_of(label: str) -> int | None:
    """Which span a header names, beside words of amounts and budgets alone: ``Monthly amount``."""
    for span, phrases in enumerate(_spans()):
        for hit in phrases.hits(label):
            words = words_of(label)
            rest = [*words[: hit.start], *words[hit.end :]]
            if _amount_words().issuperset(rest):
                return span
    return None


@cache
def _amount_words() -> frozenset[str]:
    words = vocabulary()
    phrases = (words.fields[TargetField.BUDGETED_AMOUNT].positive, words.figures.budget)
    return frozenset(word for table in phrases for phrase in table.weights for word in phrase.split())


@cache
def _spans() -> tuple[Phrases, ...]:
    told = read_toml(files(__package__).joinpath("spans.toml").read_bytes(), _Spans)
    return tuple(Phrases.of(words) for words in told.spans)
