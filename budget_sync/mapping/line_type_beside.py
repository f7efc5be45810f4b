"""Whether a title or a sheet's name says that the whole table is revenue, or expenses.

In: the text. Out: the type, None where it says neither, both, or anything else as well: ``Sales budget`` may be the
budget of a department, and so may ``Revenue Services``.
"""

from budget_sync.domain.fields import LineType, TargetField
from budget_sync.domain.vocabulary import calendar_words, vocabulary, words_of
from budget_sync.domain.vocabulary.phrases import Phrases


def line_type_of(text: str) -> LineType | None:
    """Revenue or expense, where nothing but a period and the word budget stands beside such a word."""
    known = vocabulary()
    found = {
        line_type
        for line_type, phrases in ((LineType.REVENUE, known.revenue), (LineType.EXPENSE, known.expense))
        if text in phrases and not (line_type is LineType.REVENUE and text in known.revenue_departments)
    }
    return found.pop() if len(found) == 1 and not _others(text, (known.revenue, known.expense)) else None


def _others(text: str, told: tuple[Phrases, ...]) -> list[str]:
    """The words that say something else."""
    amounts = (vocabulary().figures.budget, vocabulary().fields[TargetField.BUDGETED_AMOUNT].positive)
    hits = [hit for phrases in (*told, *amounts) for hit in phrases.hits(text)]
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    periods = calendar_words().all_words
    words = enumerate(words_of(text))
    return [word for place, word in words if place not in covered and not word.isdigit() and word not in periods]
