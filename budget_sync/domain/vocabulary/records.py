"""The TOML files of words as typed records: what each may hold, and nothing else."""

import msgspec

ByLanguage = dict[str, list[str]]


class FieldFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of ``fields/*.toml``: what says the field, by strength and language, and what speaks against it."""

    strong: ByLanguage
    fair: ByLanguage
    weak: ByLanguage
    against: ByLanguage


class DepartmentsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``departments.toml``: usual names, and the words that may stand around them."""

    around: list[str]
    only_departments: ByLanguage
    costs_too: ByLanguage


class SharedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand under two fields on purpose."""

    reason: str
    words: list[str]


class SharedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``fields/shared.toml``."""

    group: list[SharedWords]


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of words under one heading."""

    words: list[str]


class VersionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one version of a budget; the highest rank is in force."""

    rank: float
    words: list[str]


class FigureLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose figures a column holds."""

    actual: WordList
    forecast: WordList
    expected: WordList
    prior: WordList
    difference: WordList
    budget: WordList


class VersionsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``versions.toml``."""

    versions: dict[str, VersionEntry]
    figures: FigureLists


class RowsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``rows.toml``."""

    total: WordList
    subtotal: WordList
    derived: WordList
    part: WordList
    note: WordList
    aside: WordList
    kind_of_sum: WordList
    kind_of_line: WordList


class ScaleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say in which unit amounts are counted."""

    factor: int
    words: list[str]


class ScaleNeighbours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around a word of size that show that it is one."""

    before: list[str]
    behind: list[str]


class DoubleEntryLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two sides of a ledger."""

    debit: list[str]
    credit: list[str]


class MeasureLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Measures side by side: budgets of different kinds, and those computed from others."""

    category: list[str]
    derived: list[str]


class RevenueList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``departments_too``: words that as often name a department."""

    words: list[str]
    departments_too: list[str]


class LinesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``lines.toml``."""

    revenue: RevenueList
    expense: WordList
    scale: list[ScaleEntry]
    beside_scales: ScaleNeighbours
    double_entry: DoubleEntryLists
    measures: MeasureLists


class SignsEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One heading of ``file_types.toml``."""

    strong: list[str]
    weak: list[str]
    titles: list[str]
