"""Months, quarters, halves and fiscal words, folded and ready to look up."""

from functools import cache, cached_property

import msgspec

from budget_sync.domain.vocabulary.files import file_bytes, read_toml
from budget_sync.domain.vocabulary.fold import fold_text

# Letters behind a figure that make no other word of it: 1st, 1er, 00:00Z, 12pm.
_ENDINGS = frozenset(["p", "m", "t", "z", "o", "a", "e", "st", "nd", "rd", "th", "er", "re", "ste", "de", "do"])


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]


class _Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    means: str
    beside: list[str]


class _Quarter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    letters: list[str]
    behind: list[str]


class _Half(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    letters: list[str]
    first: list[str]
    second: list[str]
    behind: tuple[str, ...] = ()


class _Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    glued: list[str]
    endings: list[str]


class _Fiscal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prefixes: list[str]


class CalendarWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The lists of ``calendar.toml``; the properties are what is looked up."""

    months: dict[str, list[str]]
    months_beside: dict[str, _Beside]
    weak: _Words
    counters: _Words
    year_counters: _Words
    year_numbers: dict[str, list[str]]
    year_counted: _Counted
    weeks: _Words
    ordinals: dict[str, list[str]]
    quarter: _Quarter
    half: _Half
    fiscal: _Fiscal
    year_end: _Words
    filler: _Words
    range: _Words
    era: dict[str, int]
    era_letters: dict[str, int]

    @cached_property
    def month_of(self) -> dict[str, int]:
        """Folded month name to 1 to 12."""
        return {fold_text(name): int(number) for number, names in self.months.items() for name in names}

    @cached_property
    def weak_months(self) -> frozenset[str]:
        """Folded month names that are words of their own too."""
        return frozenset(map(fold_text, self.weak.words))

    @cached_property
    def counter_words(self) -> frozenset[str]:
        """Folded words and letters before the number of a month."""
        return frozenset(map(fold_text, self.counters.words))

    @cached_property
    def year_counter_words(self) -> frozenset[str]:
        """Folded words and letters before the number of a year."""
        return frozenset(map(fold_text, self.year_counters.words))

    @cached_property
    def year_number_of(self) -> dict[str, int]:
        """Folded number or ordinal, in words, to the year that it counts."""
        numbers = {fold_text(word): int(number) for number, words in self.year_numbers.items() for word in words}
        return numbers | self.ordinal_of

    @cached_property
    def week_words(self) -> frozenset[str]:
        """Folded words before the number of a week or a day."""
        return frozenset(map(fold_text, self.weeks.words))

    @cached_property
    def ordinal_of(self) -> dict[str, int]:
        """Folded ordinal to 1 to 4."""
        return {fold_text(word): int(number) for number, words in self.ordinals.items() for word in words}

    @cached_property
    def filler_words(self) -> frozenset[str]:
        """Folded words that may stand beside a period in its cell."""
        return frozenset(map(fold_text, self.filler.words))

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Every folded word that a period can be written with; a cell with any other word is none."""
        parts = [*self.quarter.words, *self.quarter.behind, *self.half.words, *self.half.behind]
        phrases = [*self.fiscal.prefixes, *parts]
        folded = {word for phrase in phrases for word in fold_text(phrase).replace(".", " ").split()}
        letters = {*self.quarter.letters, *self.half.letters, *_ENDINGS}
        names = {*self.month_of, *self.ordinal_of, *self.filler_words, *self.range_words, *self.counter_words}
        return frozenset(folded | letters | names)

    @cached_property
    def year_end_words(self) -> frozenset[str]:
        """Folded words that make a date the last day of a year."""
        return frozenset(map(fold_text, self.year_end.words))

    @cached_property
    def range_words(self) -> frozenset[str]:
        """Folded words and signs between the two ends of a span."""
        return frozenset(map(fold_text, self.range.words))


@cache
def calendar_words() -> CalendarWords:
    """The calendar's words, read once."""
    return read_toml(file_bytes("calendar.toml"), CalendarWords)
