"""Headers that tell of a difference between a budget and what came of it: ``$ Over Budget``, ``Budget minus actual``.

In: the text of a header. Out: whether it is such a difference. ``Carry Over Budget`` and ``Budget minus reserve`` are
none.
"""

from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import Phrases, calendar_words, vocabulary, words_of
from budget_sync.domain.vocabulary.files import read_toml

_YEAR_MARKS = ("fy", "cy")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    alone: list[str]
    less: list[str]


def tells_difference(text: str) -> bool:
    """Whether the words are the whole header but for times and what was spent, or stand between two figures."""
    alone, less = _phrases()
    words = [word for word in words_of(text) if not _is_time(word)]
    bare = " ".join(words)
    figures = vocabulary().figures
    over, taken = alone.hits(bare), less.hits(bare)
    if len(over) == 1:
        beside = words[: over[0].start] + words[over[0].end :]
        return not beside or _consist_of(beside, figures.actual, vocabulary().rows.total)
    if len(taken) != 1:
        return False
    before, behind = words[: taken[0].start], words[taken[0].end :]
    planned = (figures.budget, vocabulary().versions, vocabulary().fields[TargetField.BUDGETED_AMOUNT].positive)
    return any(
        _consist_of(one, *planned) and _consist_of(other, figures.actual)
        for one, other in ((before, behind), (behind, before))
    )


def _consist_of(words: list[str], *tables: Phrases) -> bool:
    """Whether every word, of which there is one at least, is part of a phrase of these."""
    hits = [hit for table in tables for hit in table.hits(" ".join(words))]
    return bool(words) and {place for hit in hits for place in range(hit.start, hit.end)} == set(range(len(words)))


def _is_time(word: str) -> bool:
    return word.removeprefix(_YEAR_MARKS[0]).removeprefix(_YEAR_MARKS[1]).isdigit() or (
        word in _YEAR_MARKS or word in calendar_words().month_of
    )


@cache
def _phrases() -> tuple[Phrases, Phrases]:
    told = read_toml(files(__package__).joinpath("differences.toml").read_bytes(), _Words)
    return Phrases.of(told.alone), Phrases.of(told.less)
