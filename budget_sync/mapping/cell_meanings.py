"""What one cell of text says by itself: a department, a line type, a currency, a scenario, a total.

In: the text of a cell. Out: yes or no, by the vocabulary; each text is asked about once.
"""

from budget_sync.domain.fields import TargetField
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.short_texts import remembers
from budget_sync.domain.vocabulary import Phrases, currencies, vocabulary, words_of

_SENTENCE = 60
_SURE_WORD = 0.7
_SHORT_LABEL = 2
_SHORT_TOTAL = 5
_NUMBERING = frozenset({"v", "fy", "no"})


@remembers(16384)
def names_department(text: str) -> bool:
    """Several words, one of which is a word for a department (``Police Department``)."""
    words = vocabulary().fields[TargetField.DEPARTMENT].positive
    return len(text) <= _SENTENCE and len(text.split()) > 1 and words.weight(text) >= _SURE_WORD


@remembers(16384)
def department_weight(text: str) -> float:
    """1 for a name that only departments bear (``Engineering``), less for ``Marketing``, maybe a cost; else 0."""
    usual = vocabulary().usual_departments
    hits = usual.names.hits(text) if len(text) <= _SENTENCE else ()
    words = words_of(text)
    said = {place for hit in hits for place in range(hit.start, hit.end)}
    others = (word for place, word in enumerate(words) if place not in said)
    if not all(word in usual.around or word.isdecimal() for word in others):
        return 0.0
    return max((hit.weight for hit in hits), default=0.0)


@remembers(4096)
def is_line_type(text: str) -> bool:
    """A short cell that says revenue or expense, and not both."""
    words = vocabulary()
    return len(text.split()) <= _SHORT_LABEL and (text in words.revenue) != (text in words.expense)


@remembers(4096)
def is_currency(text: str) -> bool:
    """The code or the name of a currency."""
    return text.upper() in currencies().active_codes or text.casefold() in currencies().code_of


@remembers(4096)
def is_scenario(text: str) -> bool:
    """Whose figures a row holds, or in which version, and nothing else: ``Actual``, ``Budget 2026``, ``Draft v2``."""
    figures = vocabulary().figures
    return _says_only(text, (figures.budget, figures.actual, figures.forecast, vocabulary().versions))


@remembers(4096)
def is_plan(text: str) -> bool:
    """A scenario that is the budget's: ``Budget``, ``FY26 Plan``, ``Original budget``."""
    figures = vocabulary().figures
    no_others = text not in figures.actual and text not in figures.forecast  # Latest estimate
    return text in figures.budget and no_others and is_scenario(text)


@remembers(4096)
def is_outcome(text: str) -> bool:
    """A scenario that is never the budget's: ``Actual``, ``Forecast Q2``."""
    figures = vocabulary().figures
    return is_scenario(text) and not is_plan(text) and (text in figures.actual or text in figures.forecast)


@remembers(4096)
def is_total(text: str) -> bool:
    """``Q1 Total``, ``Summe 2026``, ``Total``: a total, and a period at most."""
    rows = vocabulary().rows
    return len(text.split()) <= _SHORT_TOTAL and _says_only(text, (rows.total, rows.subtotal))


def _says_only(text: str, tables: tuple[Phrases, ...]) -> bool:
    """Some words stand in phrases of the tables, and the others are a period or the number of a version."""
    words = words_of(text)
    said = {place for table in tables for hit in table.hits(text) for place in range(hit.start, hit.end)}
    others = [word for place, word in enumerate(words) if place not in said]
    if not said or all(word in _NUMBERING or word.isdecimal() for word in others):
        return bool(said)
    return parse_period(" ".join(others)) is not None
