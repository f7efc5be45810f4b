"""Words of a header written as nobody writes them: with a typo, in the plural, or run together (``deptname``).

In: the words of a header and those that are known. Out: the words that were meant; what is known stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

TYPO_LENGTH = 5
_TYPO_LIKENESS = 87.0
_SHORTEST = 4  # of a word that another is run together with
JOINTS = ("s", "n", "en")  # between two words that German runs together


@dataclass(frozen=True, slots=True)
class KnownWords:
    """``words``: every one of the vocabulary. ``of_fields``: those that name a field alone.

    ``marks``: what stands before or behind those in a name (``code``, ``name``).
    """

    words: frozenset[str]
    of_fields: frozenset[str]
    marks: Sequence[str]
    long_words: Sequence[str]

    def spelled(self, words: Sequence[str]) -> list[str]:
        """The words as they were meant."""
        return [
            meant
            for word in words
            for meant in ([word] if word in self.words or len(word) < TYPO_LENGTH else self._meant(word))
        ]

    def _meant(self, word: str) -> list[str]:
        """The singular of a known word, the one known word that this nearly is, or two of them."""
        for singular in (word[:-1], word[:-2], f"{word[:-3]}y"):
            if word.endswith("s") and singular in self.words:
                return [singular]
        if apart := self._apart(word):
            return apart
        match = process.extractOne(word, self.long_words, scorer=fuzz.ratio, score_cutoff=_TYPO_LIKENESS)
        return [match[0] if match is not None and match[0][0] == word[0] else word]

    def _apart(self, word: str) -> list[str]:
        for mark in self.marks:
            if word.startswith(mark) and self._names_field(rest := word.removeprefix(mark)):
                return [mark, rest]
            if word.endswith(mark):
                before = word.removesuffix(mark)
                for rest in (before, *map(before.removesuffix, JOINTS)):
                    if self._names_field(rest):
                        return [rest, mark]
        return []

    def _names_field(self, rest: str) -> bool:
        return len(rest) >= _SHORTEST and rest in self.of_fields
