"""The customer's own words, heard before the built-in lexicon: what they say of a header, and of a kind of file.

In: ``CustomerWords`` and the headers or names of a file. Out: ``NameEvidence`` as the lexicon gives it, put right by
the words; the kinds of file that they mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.vocabulary import Hit, Phrases, words_of
from budget_sync.mapping.names import Named, NameEvidence, read_name

_BESIDE_AN_OWN_WORD = 0.5  # a header that the lexicon knows stands back where another bears the customer's word


@dataclass(frozen=True, slots=True)
class CustomerWord:
    """``positive``: the word means it; else it never does."""

    word: str
    meaning: TargetField | FileType
    positive: bool = True


@dataclass(frozen=True, slots=True)
class CustomerWords:
    """All words of one customer."""

    words: tuple[CustomerWord, ...] = ()


NO_WORDS = CustomerWords()


def read_names(headers: Sequence[str], own: CustomerWords) -> list[NameEvidence]:
    """The evidence of every header of a table."""
    found = [read_name(header) for header in headers]
    fields = [(one, one.meaning) for one in own.words if isinstance(one.meaning, TargetField)]
    if not fields:
        return found
    said = {
        field: [_hits(header, own, field, positive=True) for header in headers]
        for field in {each for _, each in fields}
    }
    for place, header in enumerate(headers):
        for field, hits in said.items():
            if hits[place]:
                found[place] = _meant(found[place], header, field, hits[place])
            elif _hits(header, own, field, positive=False):
                found[place] = _never(found[place], field)
            elif any(hits):
                found[place] = _stood_back(found[place], field)
    return found


def kinds_said(texts: Iterable[str], own: CustomerWords) -> dict[FileType, bool]:
    """The kinds of file that a word in one of the texts means, or (False) never means."""
    texts = list(texts)
    return {
        one.meaning: one.positive
        for one in own.words
        if isinstance(one.meaning, FileType) and any(text in _phrases((one.word,)) for text in texts)
    }


def _hits(header: str, own: CustomerWords, field: TargetField, *, positive: bool) -> tuple[Hit, ...]:
    words = tuple(one.word for one in own.words if one.meaning is field and one.positive is positive)
    return _phrases(words).hits(header) if words else ()


@lru_cache(maxsize=1024)
def _phrases(words: tuple[str, ...]) -> Phrases:
    return Phrases.of(words)


def _meant(evidence: NameEvidence, header: str, field: TargetField, hits: tuple[Hit, ...]) -> NameEvidence:
    """The header names the field and no other; what its remaining words say stays (``Actual`` beside the word)."""
    words = words_of(header)
    rest = [word for place, word in enumerate(words) if not any(hit.start <= place < hit.end for hit in hits)]
    left = read_name(" ".join(rest))
    tags = left.tags | {"budget"} if field is TargetField.BUDGETED_AMOUNT else left.tags
    return replace(
        evidence,
        fields={field: Named(1.0, hits[0].phrase)},
        against=left.against - {field},
        tags=tags,
        version=left.version,
    )


def _never(evidence: NameEvidence, field: TargetField) -> NameEvidence:
    fields = {named: how for named, how in evidence.fields.items() if named is not field}
    tags = evidence.tags - {"budget"} if field is TargetField.BUDGETED_AMOUNT else evidence.tags
    return replace(evidence, fields=fields, against=evidence.against | {field}, tags=tags)


def _stood_back(evidence: NameEvidence, field: TargetField) -> NameEvidence:
    named = evidence.fields.get(field)
    if named is None:
        return evidence
    weaker = Named(named.strength * _BESIDE_AN_OWN_WORD, named.word)
    return replace(evidence, fields={**evidence.fields, field: weaker})
