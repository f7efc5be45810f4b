"""A table of phrases, and where they stand in a text: whole words, the longest first, none twice over.

In: a header, a label, a title. Out: ``Hit`` objects in the order of the text. Chinese, Japanese and Korean phrases
of two signs and more are found inside a run of signs, for those scripts set no spaces; single signs only alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from budget_sync.domain.short_texts import LONGEST_TEXT
from budget_sync.domain.vocabulary.fold import fold_phrase, words_of

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase of the table; ``start`` and ``end`` count the words of the text."""

    phrase: str
    weight: float
    start: int
    end: int


class Phrases:
    """Phrases with weights, looked up by text. Weights are 1 where the file gives none."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights: dict[str, float] = {fold_phrase(phrase): weight for phrase, weight in weights.items()}
        for phrase, weight in weights.items():  # where no key gives an umlaut: Ertraege, Gebuehren
            if not phrase.isascii():
                self.weights.setdefault(fold_phrase(phrase.translate(_TWO_LETTERS)), weight)
        self._longest = max((len(phrase.split()) for phrase in self.weights), default=0)
        self._unspaced = sorted(
            (phrase for phrase in self.weights if len(phrase) > 1 and _UNSPACED.search(phrase)), key=len, reverse=True
        )
        self._known_hits = lru_cache(maxsize=4096)(self._hits)

    @classmethod
    def of(cls, words: Iterable[str], weight: float = 1.0) -> "Phrases":
        """The words, all with one weight."""
        return cls(dict.fromkeys(words, weight))

    def __contains__(self, text: str) -> bool:
        """Whether any phrase stands in the text."""
        return bool(self.hits(text))

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Where its phrases stand in the text, in order."""
        return self._known_hits(text[:LONGEST_TEXT])

    def is_whole(self, text: str) -> bool:
        """Whether the text is one phrase and nothing else."""
        return fold_phrase(text) in self.weights

    def weight(self, text: str) -> float:
        """The greatest weight found in the text, 0.0 for none."""
        return max((hit.weight for hit in self.hits(text)), default=0.0)

    def _hits(self, text: str) -> tuple[Hit, ...]:
        words = words_of(text)
        found: list[Hit] = []
        position = 0
        while position < len(words):
            hit = self._longest_at(words, position)
            found.extend(hit)
            position = hit[-1].end if hit else position + 1
        return tuple(found)

    def _longest_at(self, words: tuple[str, ...], position: int) -> list[Hit]:
        for length in range(min(self._longest, len(words) - position), 0, -1):
            phrase = " ".join(words[position : position + length])
            if phrase in self.weights:
                return [Hit(phrase, self.weights[phrase], position, position + length)]
        if not _UNSPACED.search(words[position]):
            return []
        return self._inside(words[position], position)

    def _inside(self, run: str, position: int) -> list[Hit]:
        """The phrases inside one unspaced run, the longest first, none within another."""
        found: list[Hit] = []
        for phrase in self._unspaced:
            if phrase in run:
                run = run.replace(phrase, " ")
                found.append(Hit(phrase, self.weights[phrase], position, position + 1))
        return found
