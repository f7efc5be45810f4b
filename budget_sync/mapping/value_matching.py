"""Names that are nearly ones the customer has: a typo, an abbreviation, other signs. Proposed, never put right here.

In: names as a file writes them, and the names that are known. Out: ``NearName``, at most one a written name; where two
known names are as near, none. ``Marketing EU`` and ``Marketing US``, ``Region 1`` and ``Region 2`` are near nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from budget_sync.domain.names import fold_name
from budget_sync.domain.vocabulary import words_of

_MOST_NAMES, _MOST_KNOWN = 500, 5_000  # a file with more new names than that has no typos, but other names
_TYPO_LENGTH, _TWO_TYPOS_LENGTH = 5, 10
_LEAST_CUT = 3  # letters of an abbreviation, unless a full stop says that it is one
_VOWELS = frozenset("aeiou")
_SIGNS, _ORDER, _TYPO, _SHORT = range(4)
_REASONS = {
    _SIGNS: "only signs or accents differ",
    _ORDER: "the same words in another order",
    _TYPO: "a letter or two differ",
    _SHORT: "it may be short for it",
}


@dataclass(frozen=True, slots=True)
class NearName:
    """``written`` in the file, ``known`` to the customer, and why they may be the same."""

    written: str
    known: str
    reason: str


def near_names(written: Iterable[str], known: Iterable[str]) -> list[NearName]:
    """The new names that are nearly a known one, in the order of the file."""
    spelled = {fold_name(name): name for name in known if name}
    new = [name for name in dict.fromkeys(written) if name and fold_name(name) not in spelled]
    if len(new) > _MOST_NAMES or len(spelled) > _MOST_KNOWN:
        return []
    by_letter: dict[str, list[str]] = {}
    for name in spelled.values():
        by_letter.setdefault(_first_letter(name), []).append(name)
    found = []
    for name in new:
        # Names in another order may begin with another letter; they are few enough to look through by their words.
        ranks = [(rank, other) for other in by_letter.get(_first_letter(name), ()) if (rank := _rank(name, other)) >= 0]
        ranks = ranks or [(_ORDER, other) for other in spelled.values() if _same_words(name, other)]
        best = min((rank for rank, _ in ranks), default=None)
        nearest = [other for rank, other in ranks if rank == best]
        if best is not None and len(nearest) == 1:
            found.append(NearName(name, nearest[0], _REASONS[best]))
    return found


@lru_cache(maxsize=16384)
def _first_letter(name: str) -> str:
    return "".join(words_of(name))[:1]


def _same_words(written: str, known: str) -> bool:
    words = words_of(written)
    return len(words) > 1 and sorted(words) == sorted(words_of(known))


def _rank(written: str, known: str) -> int:
    """How the two differ; -1: they are two names."""
    ours, theirs = words_of(written), words_of(known)
    if "".join(ours) == "".join(theirs):
        return _SIGNS
    if sorted(ours) == sorted(theirs):
        return _ORDER
    if len(ours) == 1 and _is_initials(ours[0], theirs):
        return _SHORT
    if len(ours) != len(theirs):
        return -1
    ranks = [
        _word_rank(own, their, has_stop=f"{own}." in written.casefold())
        for own, their in zip(ours, theirs, strict=True)
        if own != their
    ]
    return -1 if min(ranks) < 0 else max(ranks)


def _word_rank(own: str, their: str, *, has_stop: bool) -> int:
    if not own.isalpha() or not their.isalpha() or own[0] != their[0]:
        return -1
    if not has_stop and min(len(own), len(their)) >= _TYPO_LENGTH:
        allowed = 2 if min(len(own), len(their)) >= _TWO_TYPOS_LENGTH else 1
        if OSA.distance(own, their, score_cutoff=allowed) <= allowed:
            return _TYPO
    return _SHORT if _is_cut(own, their, has_stop=has_stop) else -1


def _is_cut(own: str, their: str, *, has_stop: bool) -> bool:
    """``Eng.`` for Engineering, ``Mktg`` for Marketing; a longer beginning without a stop is a word of its own."""
    if has_stop and their.startswith(own) and len(own) < len(their):
        return True
    if len(own) < _LEAST_CUT or 2 * len(own) > len(their) + 1:
        return False
    if their.startswith(own):
        return True
    return not _VOWELS & set(own) and own[-1] == their[-1] and _is_within(own, their)


def _is_within(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _is_initials(word: str, words: Sequence[str]) -> bool:
    return len(words) > 1 and word == "".join(each[0] for each in words)
