"""The vocabulary as the other rooms use it: one frozen record, read once from the TOML files.

``vocabulary().fields[TargetField.DEPARTMENT].positive.weight("Cost centre name")`` is how a header is weighed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.vocabulary.files import file_bytes, read_toml
from budget_sync.domain.vocabulary.fold import fold_text
from budget_sync.domain.vocabulary.phrases import Phrases
from budget_sync.domain.vocabulary.records import (
    DepartmentsFile,
    FieldFile,
    LinesFile,
    RowsFile,
    SharedFile,
    SharedWords,
    SignsEntry,
    VersionsFile,
)

STRONG, FAIR, WEAK = 1.0, 0.7, 0.4
_FIELD_FILES = {
    TargetField.DEPARTMENT: "fields/department.toml",
    TargetField.SUB_CATEGORY: "fields/sub_category.toml",
    TargetField.FISCAL_PERIOD: "fields/fiscal_period.toml",
    TargetField.BUDGETED_AMOUNT: "fields/budgeted_amount.toml",
    TargetField.CURRENCY: "fields/currency.toml",
    TargetField.LINE_TYPE: "fields/line_type.toml",
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a header of this field says (``positive``), and what says it is another (``negative``)."""

    positive: Phrases
    negative: Phrases


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Whose figures a column holds; only ``budget`` is ever loaded, and what is ``expected`` beside its actual."""

    actual: Phrases
    forecast: Phrases
    expected: Phrases
    prior: Phrases
    difference: Phrases
    budget: Phrases

    @property
    def all(self) -> tuple[Phrases, ...]:
        """Each of them."""
        return self.actual, self.forecast, self.prior, self.difference, self.budget


@dataclass(frozen=True, slots=True)
class DepartmentNames:
    """How departments are called: weight 1 for a name that is hardly anything else; ``around`` may stand beside."""

    names: Phrases
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row's label says it is."""

    total: Phrases
    subtotal: Phrases
    derived: Phrases
    part: Phrases
    note: Phrases
    aside: Phrases
    kind_of_sum: Phrases
    kind_of_line: Phrases


@dataclass(frozen=True, slots=True)
class FileTypeWords:
    """``headers``: words of column names with weights; ``titles``: of titles, sheets and file names."""

    headers: Phrases
    titles: Phrases


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of it. The weight of a version is its rank (4 in force to 1), of a scale its factor."""

    fields: Mapping[TargetField, FieldWords]
    usual_departments: DepartmentNames
    versions: Phrases
    figures: FigureWords
    rows: RowWords
    revenue: Phrases
    revenue_departments: Phrases
    expense: Phrases
    scales: Phrases
    before_scales: frozenset[str]
    behind_scales: frozenset[str]
    debit: Phrases
    credit: Phrases
    measures: Phrases
    derived_measures: Phrases
    file_types: Mapping[FileType, FileTypeWords]
    reports: FileTypeWords
    statements: Phrases
    counts: Phrases
    films: Phrases
    film_titles: Phrases
    companies: FileTypeWords
    payees: FileTypeWords
    subjects: FileTypeWords
    areas: Phrases
    averages: Phrases
    budget_stems: tuple[str, ...]
    executions: Phrases


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once in a process.

    Raises:
        msgspec.ValidationError: an edited file has a key that does not belong there.
    """
    versions = read_toml(file_bytes("versions.toml"), VersionsFile)
    rows = read_toml(file_bytes("rows.toml"), RowsFile)
    lines = read_toml(file_bytes("lines.toml"), LinesFile)
    signs = read_toml(file_bytes("file_types.toml"), dict[str, SignsEntry])
    return Vocabulary(
        fields={field: _field_words(name) for field, name in _FIELD_FILES.items()},
        usual_departments=_department_names(),
        versions=Phrases({word: version.rank for version in versions.versions.values() for word in version.words}),
        figures=FigureWords(
            actual=Phrases.of(versions.figures.actual.words),
            forecast=Phrases.of(versions.figures.forecast.words),
            expected=Phrases.of(versions.figures.expected.words),
            prior=Phrases.of(versions.figures.prior.words),
            difference=Phrases.of(versions.figures.difference.words),
            budget=Phrases.of(versions.figures.budget.words),
        ),
        rows=RowWords(
            total=Phrases.of(rows.total.words),
            subtotal=Phrases.of(rows.subtotal.words),
            derived=Phrases.of(rows.derived.words),
            part=Phrases.of(rows.part.words),
            note=Phrases.of(rows.note.words),
            aside=Phrases.of(rows.aside.words),
            kind_of_sum=Phrases.of(rows.kind_of_sum.words),
            kind_of_line=Phrases.of(rows.kind_of_line.words),
        ),
        revenue=Phrases.of(lines.revenue.words),
        revenue_departments=Phrases.of(lines.revenue.departments_too),
        expense=Phrases.of(lines.expense.words),
        before_scales=frozenset(map(fold_text, lines.beside_scales.before)),
        behind_scales=frozenset(map(fold_text, lines.beside_scales.behind)),
        scales=Phrases({word: scale.factor for scale in lines.scale for word in scale.words}),
        debit=Phrases.of(lines.double_entry.debit),
        credit=Phrases.of(lines.double_entry.credit),
        measures=Phrases.of(lines.measures.category),
        derived_measures=Phrases.of(lines.measures.derived),
        file_types={kind: _signs(signs[kind.value]) for kind in FileType},
        reports=_signs(signs["report"]),
        statements=Phrases.of(signs["statement"].titles),
        counts=Phrases.of([*signs["counts"].titles, *signs["counts"].strong]),
        films=Phrases.of(signs["film"].strong),
        film_titles=Phrases.of(signs["film"].titles),
        companies=_signs(signs["company"]),
        payees=_signs(signs["payee"]),
        subjects=_signs(signs["subject"]),
        areas=Phrases.of(signs["area"].strong),
        averages=Phrases.of(signs["average"].strong),
        executions=Phrases.of(signs["execution"].titles),
        budget_stems=tuple(map(fold_text, signs["budget_stem"].strong)),
    )


def shared_words() -> list[SharedWords]:
    """The groups of words that stand under two fields, each with its reason."""
    return read_toml(file_bytes("fields/shared.toml"), SharedFile).group


def _field_words(file_name: str) -> FieldWords:
    field = read_toml(file_bytes(file_name), FieldFile)
    weights: dict[str, float] = {}
    for weight, lists in ((WEAK, field.weak), (FAIR, field.fair), (STRONG, field.strong)):
        weights |= {word: weight for words in lists.values() for word in words}
    against = [word for words in field.against.values() for word in words]
    return FieldWords(positive=Phrases(weights), negative=Phrases.of(against))


def _department_names() -> DepartmentNames:
    departments = read_toml(file_bytes("departments.toml"), DepartmentsFile)
    weights = {word: FAIR for words in departments.costs_too.values() for word in words}
    weights |= {word: STRONG for words in departments.only_departments.values() for word in words}
    return DepartmentNames(Phrases(weights), frozenset(map(fold_text, departments.around)))


def _signs(signs: SignsEntry) -> FileTypeWords:
    headers = dict.fromkeys(signs.weak, WEAK) | dict.fromkeys(signs.strong, STRONG)
    return FileTypeWords(headers=Phrases(headers), titles=Phrases.of(signs.titles))
