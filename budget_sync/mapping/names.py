"""What the words of a header say: how strongly it names each field, and what speaks against it.

In: the text of a header. Out: ``NameEvidence``. Words are compared whole (a typo of a long word is forgiven),
never as raw substrings. What a word means stands in the vocabulary; here it is only weighed by its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from budget_sync.domain.fields import TargetField
from budget_sync.domain.short_texts import remembers
from budget_sync.domain.vocabulary import Hit, Phrases, vocabulary, words_of
from budget_sync.mapping.currency_marks import without_units
from budget_sync.mapping.differences import tells_difference
from budget_sync.mapping.header_marks import marks
from budget_sync.mapping.spelling import TYPO_LENGTH, KnownWords

_NUMBER_SIGN = re.compile("(?<![0-9])[\u00b0\u00ba#\u2116]")  # N°, Nº, #, the Russian one; not the ordinal 1º
_RATE = re.compile(r"[0-9]\s?%")  # Indirect costs (25%) are costs
_FIGURE_LETTER = re.compile(r"\s*(?:(?:fy|cy)\s?'?(?:20)?|20)[0-9]{2}\s?(?P<letter>[abef])\s*", re.IGNORECASE)
_OF_LETTER = {"a": "actual", "b": "budget", "e": "forecast", "f": "forecast"}  # FY24A, FY25B, 2026E
_OUTCOME_OF_YEAR = re.compile(
    r"\s*(?:ca|cfu|tp|rek|rekening|rechn|rechng|rendic|bokf)\.?\s?(?:19|20)[0-9]{2}\s*"
    r"|\s*(?:fy\s?)?(?:19|20)[0-9]{2}(?:[-/][0-9]{2,4})?\s+activity(?:\s+(?:thru|through|to|as of)\b.*)?\s*",
    re.IGNORECASE,
)
_TYPO_STRENGTH = 0.85
_FIRST_WORD, _MIDDLE_WORD = 0.92, 0.8
_PARTS = frozenset({"actual", "forecast", "prior", "difference", "derived", "remark", "person", "count"})
_COVERED, _UNCOVERED = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """How strongly (0 to 1) a header names a field, and by which word."""

    strength: float
    word: str


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """``fields``: what the header names; ``against``: fields that a word of it denies.

    ``tags``: ``actual``, ``forecast``, ``prior``, ``difference``, ``budget``, ``total``, ``derived``, ``revenue``,
    ``expense``, ``measure``, ``code``, ``person``, ``remark``, ``count``, ``part``, ``level``. ``version``: its rank,
    None for none.
    """

    text: str
    fields: dict[TargetField, Named]
    against: frozenset[TargetField]
    tags: frozenset[str]
    version: float | None

    def strength(self, field: TargetField) -> float:
        """How strongly the header names the field, 0 to 1."""
        named = self.fields.get(field)
        return named.strength if named else 0.0


@cache
def _tag_words() -> dict[str, Phrases]:
    words = vocabulary()
    figures = words.figures
    return {
        "actual": figures.actual,
        "forecast": figures.forecast,
        "prior": figures.prior,
        "difference": figures.difference,
        "budget": figures.budget,
        "total": words.rows.total,
        "derived": words.derived_measures,
        "revenue": words.revenue,
        "expense": words.expense,
        "measure": words.measures,
        **marks(),
    }


@remembers(8192)
def read_name(text: str) -> NameEvidence:
    """The evidence of one header."""
    bare = without_units(text)
    spelled = _without_typos(bare)
    strength = 1.0 if spelled == bare else _TYPO_STRENGTH
    count = max(sum(not word.isdigit() for word in words_of(spelled)), 1)
    fields: dict[TargetField, Named] = {}
    against: set[TargetField] = set()
    for field, words in vocabulary().fields.items():
        hits = words.positive.hits(spelled)
        if hits:
            fields[field] = max((_weighed(hit, spelled, count, strength) for hit in hits), key=lambda n: n.strength)
        if any(not _inside(hit, hits) for hit in words.negative.hits(spelled)):
            against.add(field)
    derived = vocabulary().derived_measures
    versions = vocabulary().versions.hits(spelled)
    named = [*versions, *(hit for words in vocabulary().fields.values() for hit in words.positive.hits(spelled))]
    tags = {tag for tag, phrases in _tag_words().items() if _says(tag, phrases.hits(spelled), named)}
    if not says_budget(spelled):
        tags.discard("budget")
    if _NUMBER_SIGN.search(text):
        tags.add("code")
    if any(hit.end == len(words_of(spelled)) for hit in marks()["name"].hits(spelled)):
        tags.discard("code")  # Account code name, COD_UNIT_NAME
    if "%" in _RATE.sub("", text):
        tags.add("count")
    if "total" in tags and not any(hit.phrase not in vocabulary().rows.total.weights for hit in derived.hits(spelled)):
        tags.discard("derived")
    tags |= _of_whole(text)
    if "person" in tags:
        against |= {TargetField.DEPARTMENT, TargetField.SUB_CATEGORY} - fields.keys()
    rank = max(hit.weight for hit in versions) if versions else None
    return NameEvidence(text, fields, frozenset(against), frozenset(tags), rank)


def _of_whole(text: str) -> set[str]:
    """The tags of a header that only all of it tells: FY24A, TP 2024, $ Over Budget."""
    letter = _FIGURE_LETTER.fullmatch(text)
    tags = {_OF_LETTER[letter["letter"].casefold()]} if letter else set()
    tags |= {"actual"} if _OUTCOME_OF_YEAR.fullmatch(text) else set()
    return tags | ({"difference"} if tells_difference(text) else set())


def _weighed(hit: Hit, text: str, count: int, strength: float) -> Named:
    """The last word of a name says what it is (Budget Year), the first one nearly so (Code chapitre)."""
    words = words_of(text)
    length = sum(not word.isdigit() for word in words[hit.start : hit.end])
    if not any(not word.isdigit() for word in words[hit.end :]):
        place = 1.0
    else:
        place = _FIRST_WORD if not any(not word.isdigit() for word in words[: hit.start]) else _MIDDLE_WORD
    covered = _UNCOVERED + _COVERED * max(length, 1) / count
    return Named(hit.weight * place * covered * strength, hit.phrase)


def _says(tag: str, hits: tuple[Hit, ...], named: Sequence[Hit]) -> bool:
    """``Type of spending`` names a category; that spending may be actual is no more than a part of the name.

    So is the ``desc`` of ``Acct desc``, which alone is a remark, the ``owner`` of ``Owner department`` and the
    ``price`` of ``Total price``.
    """
    return any(tag not in _PARTS or not _inside(hit, named) for hit in hits)


def says_budget(text: str) -> bool:
    """The ``estimate`` of ``Latest estimate`` and of ``Estimated actual`` is no budget's."""
    figures = vocabulary().figures
    longer = [hit for words in (figures.forecast, figures.actual, figures.prior) for hit in words.hits(text)]
    return any(not _inside(hit, longer) for hit in figures.budget.hits(text))


def _inside(hit: Hit, longer: Sequence[Hit]) -> bool:
    """Whether the word belongs to a longer phrase that says the field itself."""
    return any(
        other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for other in longer
    )


@cache
def _known_words() -> KnownWords:
    """Every single word of the header vocabulary, and those long enough to forgive a typo."""
    tables = [table for words in vocabulary().fields.values() for table in (words.positive, words.negative)]
    tables += [*_tag_words().values(), vocabulary().versions]
    of_fields = {phrase for words in vocabulary().fields.values() for phrase in words.positive.weights}
    single = frozenset(word for word in of_fields if " " not in word)
    return KnownWords(
        words=frozenset(word for table in tables for phrase in table.weights for word in phrase.split()),
        of_fields=single,
        marks=sorted(word for mark in ("name", "code") for word in marks()[mark].weights if " " not in word),
        long_words=sorted(word for word in single if len(word) >= TYPO_LENGTH),
    )


def _without_typos(text: str) -> str:
    """The text with unknown long words replaced by the known word that they nearly are."""
    words = words_of(text)
    spelled = _known_words().spelled(words)
    return text if tuple(spelled) == words else " ".join(spelled)
