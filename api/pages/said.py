"""What the rooms below say of a file (reasons, notes, questions, refusals), in the language of the visitor. Pure.

In: a sentence as the API, the history and the drafts keep it, which is English, and a language. Out: the sentence in
it. It is known again by its form in the catalogue ``said``; one that has no form stays as it is. Why so: decision 0026.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from api.pages.locales import write_number
from api.pages.texts import Language, read_catalogue

_AREA = "said."
_PLACE = re.compile(r"\{(\w+)\}")
_CLAUSES = "; "
_BETWEEN = ", "
_INSIDE = "said.words."  # words that are ours only inside a sentence: alone, "for" may be anybody's
_NESTED = frozenset({"what", "origin", "rest", "reason", "amounts", "place", "asked", "left", "short", "limit"})
_NESTED |= {"state", "verb", "means", "credential"}
_LISTS = frozenset({"fields"})
_FIGURES = frozenset({"n", "all", "total", "amount", "share", "new", "old", "expenses", "revenue", "count", "lines"})
_FIGURE = re.compile(r"(-?[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?)(%?)")
_DIGITS = "[-+0-9.,E]+%?"
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    begins: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=_REMEMBERED)
def said(text: str, language: Language) -> str:
    """The sentence in this language, names and cells of the file as they were."""
    if language is Language.ENGLISH:
        return text
    return _said(text, language, inside=False)


def is_known(text: str) -> bool:
    """Whether the catalogue has the form of a sentence, or of each of its clauses."""
    return _found(text) is not None or all(_found(clause) is not None for clause in text.split(_CLAUSES))


def _said(text: str, language: Language, *, inside: bool) -> str:
    clauses = text.split(_CLAUSES)
    if len(clauses) > 1 and all(_found(clause) for clause in clauses):
        return _CLAUSES.join(_said(clause, language, inside=False) for clause in clauses)
    found = _found(text, inside=inside)
    if found is None:
        return text
    form, values = found
    written = {name: _value(name, value, language) for name, value in values.items()}
    return read_catalogue(language)[form.name].format_map(written)


def _value(name: str, value: str, language: Language) -> str:
    if name in _NESTED:
        return _said(value, language, inside=True)
    if name in _LISTS:
        return _BETWEEN.join(_said(part, language, inside=True) for part in value.split(_BETWEEN))
    figure = _FIGURE.fullmatch(value) if name in _FIGURES else None
    if figure is None:
        return value
    number = write_number(Decimal(figure[1].replace(",", "")), language)
    return f"{number}\u00a0%" if figure[2] else number


def _found(text: str, *, inside: bool = False) -> tuple[_Form, dict[str, str]] | None:
    for form in _forms():
        if form.name.startswith(_INSIDE) and not inside:
            continue
        if text.startswith(form.begins) and (match := form.pattern.fullmatch(text)):
            return form, match.groupdict()
    return None


@lru_cache(maxsize=1)
def _forms() -> list[_Form]:
    """Those with the most words of their own first: of two that fit it is the one that says more."""
    english = {name: text for name, text in read_catalogue(Language.ENGLISH).items() if name.startswith(_AREA)}
    ordered = sorted(english.items(), key=lambda item: -len(_PLACE.sub("", item[1])))
    return [_form(name, text) for name, text in ordered]


def _form(name: str, text: str) -> _Form:
    literal = _PLACE.split(text)[::2]
    places = _PLACE.findall(text)
    parts = [re.escape(literal[0])]
    for place, following in zip(places, literal[1:], strict=True):
        parts += [f"(?P<{place}>{_DIGITS if place in _FIGURES else '.+?'})", re.escape(following)]
    return _Form(name, literal[0], re.compile("".join(parts), re.DOTALL))
