"""How well each column fits each field: one linear score of named weights, the same for every file.

In: the columns. Out: ``FieldScores``. The features are plain figures between 0 and 1; their weights stand in
``weights.toml`` and are fitted by ``fit.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.fields import TargetField
from budget_sync.domain.periods import MONTHS_IN_YEAR
from budget_sync.domain.vocabulary import vocabulary, words_of
from budget_sync.domain.vocabulary.files import read_toml
from budget_sync.mapping.columns import Column
from budget_sync.mapping.names import NameEvidence

TAGS = ("code", "person", "remark", "count", "actual", "difference", "prior", "derived", "forecast", "budget", "total")
FIELDS = tuple(TargetField)
_MOSTLY = 0.5
_BESIDE = 2
_SOME_SAY = 0.4
_OUTWEIGHED = frozenset({"actual", "derived", "prior", "forecast"})  # planned spend is planned
_UNITS = frozenset({"unit", "units", "unite", "unidad", "unidade", "einheit", "unita", "eenheid", "jednostka"})
_PARTS_OF_COUNTRY = frozenset({"dept", "departement", "departements", "departamento", "departamentos", "dpto", "depto"})
_FEW_TYPES = 4
_HALF, _FAIRLY = 0.5, 0.75
_TELL_APART = 0.3
_CODES = 0.9
_PERIOD_AT_LEAST = 0.7
_SERVICES, _SELLERS = frozenset({"service", "services"}), frozenset({"vendor", "supplier", "provider"})
_OF_CODES = 0.9
_TELLING = 6  # numbers; of fewer it is no wonder that they are of one length
_NEARLY_ALL = 0.85  # T1 to T10 are tasks, though T1 to T4 may be quarters
_OF_A_VERSION = 0.7
_SENTENCE = 60
_LARGE = 1000
_FIGURE_TAGS = frozenset({"actual", "difference", "forecast", "derived", "revenue", "expense", "measure", "total"})


class FieldWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``none``: what leaving the field empty is worth; ``weights``: by the name of the feature."""

    none: float
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class FieldScores:
    """``scores[field][column]``, fields in the order of ``FIELDS``."""

    scores: list[list[float]]
    none: list[float]


@cache
def field_weights() -> dict[str, FieldWeights]:
    """The committed weights, by field."""
    content = files(__package__).joinpath("weights.toml").read_bytes()
    return read_toml(content, dict[str, FieldWeights])


def score_columns(columns: Sequence[Column]) -> FieldScores:
    """The score of every column for every field."""
    weights = field_weights()
    shared = [features_of(column, columns) for column in columns]
    scores = [
        [
            sum(
                weights[field.value].weights.get(name, 0.0) * value
                for name, value in {**own, **_of_field(column, field, columns)}.items()
            )
            for column, own in zip(columns, shared, strict=True)
        ]
        for field in FIELDS
    ]
    return FieldScores(scores, [weights[field.value].none for field in FIELDS])


def named_features(column: Column, field: TargetField, columns: Sequence[Column]) -> dict[str, float]:
    """Every figure that the column's score for the field is made of."""
    return {**features_of(column, columns), **_of_field(column, field, columns)}


def _of_field(column: Column, field: TargetField, columns: Sequence[Column]) -> dict[str, float]:
    if codes := _names_of_codes(column, columns):
        own = codes.strength(field)
        other = _strongest_but(codes, field)
    elif _hands_its_name_on(column, columns):
        own = other = 0.0
    else:
        own = max(_named_as(column, field, columns), _by_its_codes(column, field, columns))
        other = _strongest_but(column.evidence, field)
    return {
        "named": own,
        "named_other": other,
        "named_better": float(other > own),
        "against": float(field in (codes or column.evidence).against),
    }


def _strongest_but(evidence: NameEvidence, field: TargetField) -> float:
    return max((named.strength for other, named in evidence.fields.items() if other != field), default=0.0)


def _names_of_codes(column: Column, columns: Sequence[Column]) -> NameEvidence | None:
    """What the header of the codes says, where that of the names says name alone: ``Cost centre``, ``Description``."""
    if "name" not in column.evidence.tags or len(words_of(column.label)) != 1:
        return None
    codes = (other.evidence for other in columns if other.code_of == column.index and other.evidence.fields)
    return next(codes, None)


def _hands_its_name_on(column: Column, columns: Sequence[Column]) -> bool:
    return any(other.index == column.code_of and _names_of_codes(other, columns) for other in columns)


def _named_as(column: Column, field: TargetField, columns: Sequence[Column]) -> float:
    """The date of ``Renewal date`` says no more of a period than a date alone: what it dates is no budget.

    A ``Service`` beside a ``Vendor`` is what is bought, and no department.
    """
    strength = column.evidence.strength(field)
    dated = field is TargetField.FISCAL_PERIOD and field in column.evidence.against
    bought = field is TargetField.DEPARTMENT and _SERVICES.issuperset(words_of(column.name)) and _sold(columns)
    return 0.0 if bought or (dated and strength < _PERIOD_AT_LEAST) else strength


def _sold(columns: Sequence[Column]) -> bool:
    return any(_SELLERS.intersection(words_of(other.name)) for other in columns)


def _by_its_codes(column: Column, field: TargetField, columns: Sequence[Column]) -> float:
    """``Text`` beside ``Cost centre``, whose codes it spells out, is named by what the codes are codes of."""
    if column.evidence.fields and column.evidence.strength(field) == 0.0:
        return 0.0
    codes = (other.evidence.strength(field) for other in columns if other.code_of == column.index)
    return _OF_CODES * max(codes, default=0.0)


def _is_stem_of_name(column: Column, columns: Sequence[Column]) -> bool:
    """Figures headed Article beside texts headed Article Title: the code of the other."""
    words = set(words_of(column.name))
    if not words or column.profile.texts - column.profile.code_like > _MOSTLY:
        return False
    return any(
        0 < abs(other.index - column.index) <= _BESIDE
        and other.profile.texts > _MOSTLY
        and other.profile.code_like < _MOSTLY
        and "code" not in other.evidence.tags
        and words & set(words_of(other.name))
        and not _shares_more(other, words, columns)
        for other in columns
    )


def _shares_more(name: Column, words: set[str], columns: Sequence[Column]) -> bool:
    """``Cost element description`` names the ``Cost element`` and not the ``Cost center``."""
    shared = words & set(words_of(name.name))
    return any(shared < set(words_of(other.name)) & set(words_of(name.name)) for other in columns if other is not name)


def _is_among_places(column: Column, columns: Sequence[Column]) -> bool:
    """Département beside région and commune is a part of the country."""
    named = column.evidence.fields.get(TargetField.DEPARTMENT)
    if named is None or named.word not in _PARTS_OF_COUNTRY:
        return False
    tags = [other.evidence.tags for other in columns if other is not column]
    return any("lieu" in own for own in tags) and sum(bool(own & {"place", "lieu"}) for own in tags) > 1


def _is_unit_of_measure(column: Column, columns: Sequence[Column]) -> bool:
    """Unit beside quantity or unit price is what is counted, not who counts it."""
    named = column.evidence.fields.get(TargetField.DEPARTMENT)
    if named is None or named.word not in _UNITS:
        return False
    return any("count" in other.evidence.tags and other.profile.numbers > _MOSTLY for other in columns)


def _numbers_an_outline(column: Column) -> bool:
    """``3.1.02`` is a date under a heading of time; under ``Account`` or ``WBS`` it is the number of one."""
    speaks_of_time = column.evidence.strength(TargetField.FISCAL_PERIOD) > 0
    return column.profile.outline and bool(column.label.strip()) and not speaks_of_time


def _tells_kinds_of_line(column: Column) -> bool:
    """``Section`` or ``Group`` over Revenue, Operating expenses and Fixed charges; what says department stays one.

    So does ``Department ID`` over Sales and Engineering: it is the word that counts, and not its place.
    """
    few = column.profile.line_types >= _HALF and column.profile.distinct <= MONTHS_IN_YEAR
    words = vocabulary().fields[TargetField.DEPARTMENT].positive
    said = max((words.weight(word) for word in words_of(column.label)), default=0.0)
    return few and max(said, column.evidence.strength(TargetField.DEPARTMENT)) <= _FAIRLY


def _is_codes(column: Column) -> bool:
    return column.profile.numbers + column.profile.code_like > _MOSTLY


def _could_name(other: Column, column: Column) -> bool:
    """Texts that tell the rows apart nearly as well as the codes do."""
    profile = other.profile
    return (
        profile.texts - profile.code_like > _MOSTLY
        and profile.fill > _MOSTLY
        and profile.mean_length < _SENTENCE
        and profile.distinct > _TELL_APART * column.profile.distinct
        and not other.evidence.tags & {"remark", "person", "code"}
    )


def features_of(column: Column, columns: Sequence[Column]) -> dict[str, float]:
    """The figures that every field weighs."""
    profile = column.profile
    width = max(len(columns), 1)
    tags = column.evidence.tags
    amount = column.evidence.strength(TargetField.BUDGETED_AMOUNT)
    no_code = max(amount, _OF_A_VERSION * (column.evidence.version is not None), float(column.beside_amounts))
    in_time = not _numbers_an_outline(column)
    features = {
        "unnamed": float(not column.label.strip()),
        "numbers": profile.numbers,
        "texts": profile.texts,
        "dates": profile.dates * in_time,
        "percents": profile.percents,
        "periods": profile.periods * (in_time and profile.periods >= _NEARLY_ALL),
        "bare_years": profile.years * profile.numbers,
        "currency_values": profile.currency,
        "among_places": float(_is_among_places(column, columns)),
        "unit_of_measure": float(_is_unit_of_measure(column, columns)),
        "department_values": profile.departments if profile.departments >= _SOME_SAY else 0.0,
        "line_type_values": profile.line_types * (profile.distinct <= _FEW_TYPES),
        "kinds_of_line": profile.line_types * _tells_kinds_of_line(column),
        "money_marks": profile.money_marks * (column.evidence.strength(TargetField.FISCAL_PERIOD) < 1.0),  # R3
        "one_length": profile.one_length * profile.whole * (1.0 - no_code) * min(profile.filled / _TELLING, 1.0),
        "code_like": profile.code_like,
        "distinct": min(profile.distinct / profile.filled, 1.0) if profile.filled else 0.0,
        "one_value": float(profile.distinct == 1 and profile.filled > 1),
        "flag": float(profile.is_flag and profile.filled > 0),
        "counts_up": float(profile.counts_up),
        "unique_code": float(profile.is_unique and profile.one_length > _CODES and profile.filled >= _TELLING)
        * (1.0 - no_code),
        "figures": profile.numbers
        * max(amount, float(bool(tags & _FIGURE_TAGS)))
        * (profile.one_length < _CODES or column.beside_amounts),
        "prose": min(profile.mean_length / 120, 1.0) if profile.mean_length > _SENTENCE else 0.0,
        "sparse": max(0.0, 0.4 - profile.fill) / 0.4,
        "empty": float(not profile.filled),
        "left": 1.0 - column.index / width,
        "is_code": float(column.code_of is not None or _is_stem_of_name(column, columns)),
        "names_elsewhere": float(_is_codes(column) and any(_could_name(other, column) for other in columns)),
        "has_code": float(any(other.code_of == column.index for other in columns)),
        "period_header": float(column.period is not None),
        "other_numbers": profile.numbers * (1.0 - profile.periods) * (profile.magnitude > MONTHS_IN_YEAR),
        "fractions": 1.0 - profile.whole if profile.numbers else 0.0,
        "large": float(profile.magnitude >= _LARGE),
        "bias": 1.0,
    }
    told = tags - _OUTWEIGHED if "budget" in tags else tags
    features |= {f"tag_{tag}": float(tag in told) for tag in TAGS}
    return features
