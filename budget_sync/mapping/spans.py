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
from budget_sync.mapping.values import ColumnProfile

_SEVERAL = 2
_NEAR = 2.0  # times what the longest divided by the shorter should be, at most, and half at least


class _Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``times``: how often it is in a year."""

    times: int
    words: list[str]


class _Spans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spans: list[_Span]


def shorter_spans(candidates: Sequence[Candidate]) -> set[int]:
    """Each span once, beside one for the year that is filled as often and as many times as large.

    Twelve months that are called monthly are something else, and so are costs of which each has the span that it falls
    due in.
    """
    told = {times: one for one in candidates if (times := _times_of(one.column.label)) is not None}
    several = sum(_times_of(one.column.label) is not None for one in candidates)
    whole = told.pop(1, None)
    if several < _SEVERAL or several != len(told) + 1 or whole is None:
        return set()
    if not all(_holds(whole.column.profile, one.column.profile, times) for times, one in told.items()):
        return set()
    return {one.column.index for one in told.values()}


def _holds(whole: ColumnProfile, part: ColumnProfile, times: int) -> bool:
    expected = part.magnitude * times
    return whole.filled >= part.filled and expected / _NEAR <= whole.magnitude <= expected * _NEAR


def _times_of(label: str) -> int | None:
    """How often a year the span is that a header names, beside words of amounts and budgets alone."""
    for times, phrases in _spans():
        for hit in phrases.hits(label):
            words = words_of(label)
            rest = [*words[: hit.start], *words[hit.end :]]
            if _amount_words().issuperset(rest):
                return times
    return None


@cache
def _amount_words() -> frozenset[str]:
    words = vocabulary()
    phrases = (words.fields[TargetField.BUDGETED_AMOUNT].positive, words.figures.budget)
    return frozenset(word for table in phrases for phrase in table.weights for word in phrase.split())


@cache
def _spans() -> tuple[tuple[int, Phrases], ...]:
    told = read_toml(files(__package__).joinpath("spans.toml").read_bytes(), _Spans)
    return tuple((span.times, Phrases.of(span.words)) for span in told.spans)
