"""The words of budgets in many languages: TOML files that a person can edit, and what reads them.

In: the files of this folder, each read once in a process. Out: frozen records of phrases, looked up by folded text.
Others use the names below.
"""

from budget_sync.domain.vocabulary.calendar import CalendarWords, calendar_words
from budget_sync.domain.vocabulary.fold import fold_phrase, fold_text, words_of
from budget_sync.domain.vocabulary.lexicon import (
    FieldWords,
    FigureWords,
    FileTypeWords,
    RowWords,
    Vocabulary,
    vocabulary,
)
from budget_sync.domain.vocabulary.money import AmountMarks, Currencies, amount_marks, currencies
from budget_sync.domain.vocabulary.phrases import Hit, Phrases
from budget_sync.domain.vocabulary.scale import find_scale

__all__ = [
    "AmountMarks",
    "CalendarWords",
    "Currencies",
    "FieldWords",
    "FigureWords",
    "FileTypeWords",
    "Hit",
    "Phrases",
    "RowWords",
    "Vocabulary",
    "amount_marks",
    "calendar_words",
    "currencies",
    "find_scale",
    "fold_phrase",
    "fold_text",
    "vocabulary",
    "words_of",
]
