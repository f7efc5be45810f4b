"""What speaks for each kind of file, as plain figures between 0 and 1.

In: ``FileEvidence``. Out: ``FileFeatures``: the figures by name, and the words behind them for people to read.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from budget_sync.domain.fields import FileType, Layout, TargetField
from budget_sync.domain.period_text import find_period, parse_period
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary import FileTypeWords, find_scale, vocabulary, words_of
from budget_sync.mapping.budget_titles import names_budget, says_actual
from budget_sync.mapping.cell_meanings import department_weight
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.listed_subjects import are_indicators, counts_degrees, is_series, listed
from budget_sync.mapping.only_named_budget import (
    measured,
    names_statement,
    results_alone,
    small_figures,
    tells_of_films,
    without_figures,
)
from budget_sync.mapping.scenarios import are_outcomes, expected_beside_actual, figures, has_scenarios
from budget_sync.mapping.values import ColumnProfile

_WORDED = 0.5
_HALF_WAY = 1.5  # so many sure words, and the figure is at one half
_TIME_LAYOUTS = {Layout.WIDE_MONTHS, Layout.WIDE_QUARTERS, Layout.WIDE_HALVES, Layout.WIDE_YEARS}
_MOSTLY, _SURELY = 0.6, 0.9
_MANY, _FEW = 12, 3
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}|\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,}\b|\+[0-9]{2}[0-9 ()-]{7,}")
_DOCUMENT_NUMBER = re.compile(r"[A-Za-z]{1,6}[-_/ ]?[0-9][0-9A-Za-z/_-]{2,}")
_TITLES_READ = 6
_TINY = 100
_MONTH_ENDS = frozenset({None, 28, 29, 30, 31})


@dataclass(frozen=True, slots=True)
class FileFeatures:
    """``values``: by the names in ``file_type_weights.toml``; ``words``: the headers and titles that spoke, by kind.

    ``places``: file name, sheets and the first titles.
    """

    values: dict[str, float]
    words: dict[str, list[str]]
    actuals_beside: tuple[str, ...]
    places: tuple[str, ...] = ()


def features_of(evidence: FileEvidence) -> FileFeatures:
    """Every figure that the kind of a file is judged by."""
    named = [header for header in evidence.headers if header.strip()]
    places = _places(evidence)
    tables = {kind.value: vocabulary().file_types[kind] for kind in FileType} | {"report": vocabulary().reports}
    ledger = _is_double_entry(named)
    plans = [header for header in named if not (ledger and header in vocabulary().debit)]  # the 'Soll' of a ledger
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    across = [evidence.headers[index] for index in amounts if index < len(evidence.headers)]
    units = (evidence.sheet or "", *evidence.other_sheets, *(across if len(across) >= _FEW else ()))
    departments = {unit for unit in units if department_weight(unit)}
    values, words = _said_of_kinds(tables, named, plans, places, departments)
    columns = zip(evidence.headers, evidence.profiles, strict=False)
    worded = {header for header, profile in columns if profile.texts > _WORDED}
    budgets, actuals = figures([header for header in plans if header not in worded])
    budgets = budgets or expected_beside_actual(named)
    planned = bool(budgets) or has_scenarios(evidence.profiles)
    values |= _structure(evidence)
    if planned and _ends_a_row_of_years(evidence):
        values["wide_time"] = 1.0
    values |= _time_of(places)
    values["scaled"] = float(any(find_scale(text) is not None for text in (*named, *evidence.titles[:_TITLES_READ])))
    says_budget = any(words[FileType.BUDGET.value])
    counted = any(_counts(text) for text in (*places, *named))
    values["no_money"] = float(counted and _are_tiny(evidence) and not values["scaled"])
    series = is_series(evidence) and not values["budget_titles"]
    values["names_nothing"] = float(not planned and (series or _names_nothing(evidence)))
    own = [place for place in places if place not in evidence.other_sheets]
    values["statement"] = float(not (planned or values["budget_titles"]) and names_statement(own))
    others = [header for header in named if header not in departments]
    sure = sum(tables[FileType.OTHER.value].headers.weight(header) >= _SURELY for header in others)
    values["other_unsaid"] = float(not (says_budget or planned)) * max(
        values["other_titles"], sure / (sure + _HALF_WAY)
    )
    values["amount_strength"] *= not ledger
    values["budget_named"] = float(planned)
    booked = values["days"] and values["numbered_documents"] and not values["budget_titles"]
    named_actual = not values["budget_titles"] and any(map(says_actual, own))
    outcome = bool(actuals) or named_actual
    sure_words = any(tables[FileType.BUDGET.value].headers.weight(header) >= _SURELY for header in plans)
    silent = not (planned or values["budget_titles"])
    nowhere = silent and not (sure_words or values["scaled"])
    no_plan = small_figures(evidence) or counts_degrees(evidence) or are_indicators(evidence)
    unsaid = silent and not values["wide_time"]
    dated = values["days"] and not (planned or values["wide_time"])
    values |= {
        "double_entry": float(ledger and not planned),
        "actual_alone": float(outcome and not planned),
        "dated_unsaid": float(bool(dated)),
        "no_figures": float(without_figures(evidence)),
        "films": tells_of_films(named, own),
        "measured": max(measured(evidence), float(nowhere and no_plan)),
        "actual_throughout": float(not planned and (named_actual or _holds_outcomes_alone(evidence, actuals))),
        "booked": float(bool(booked) and not planned),
        **listed(evidence, dated=bool(values["days"]), unsaid=unsaid, silent=silent, nowhere=nowhere),
    }
    return FileFeatures(values, words, tuple(actuals) if budgets else (), tuple(places))


def _said_of_kinds(
    tables: Mapping[str, FileTypeWords],
    named: Sequence[str],
    plans: Sequence[str],
    places: Sequence[str],
    departments: Collection[str],
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """How far headers and titles speak for each kind, and which do; ``plans``: the headers that may say budget.

    ``departments``: sheets and amounts side by side that are named for one; the sheet of Sales is no list of sales.
    """
    values: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    for name, table in tables.items():
        headers = plans if name == FileType.BUDGET else named
        units = departments if name == FileType.OTHER else ()
        spoken, weight = _spoken(table, [header for header in headers if header not in units])
        heard = [place for place in places if place not in units]
        told = [place for place in heard if (names_budget(place) if name == FileType.BUDGET else place in table.titles)]
        values[f"{name}_headers"] = weight / (weight + _HALF_WAY)
        values[f"{name}_share"] = weight / max(len(named), 1)
        values[f"{name}_titles"] = (0.0, 0.75, 1.0)[min(len(told), 2)]
        words[name] = [*spoken, *told]
    return values, words


def _ends_a_row_of_years(evidence: FileEvidence) -> bool:
    """The one budget stands beside what became of the years before it: ``2023 Actual``, ``2024 Actual``, ``2025``."""
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    own = [find_period(evidence.headers[index]) for index in amounts if index < len(evidence.headers)]
    years = {period.year for header in evidence.headers if (period := find_period(header)) is not None}
    return any(period is not None and period.year is not None for period in own) and len(years - {None}) >= _FEW


def _holds_outcomes_alone(evidence: FileEvidence, actuals: Sequence[str]) -> bool:
    """Every row says actual or forecast; or headers do, and no other column holds amounts."""
    return are_outcomes(evidence.profiles) or (
        bool(actuals) and not evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    )


def _counts(text: str) -> bool:
    """Whether a header, a title or a name speaks of heads, hours or days."""
    return text in vocabulary().counts


def _are_tiny(evidence: FileEvidence) -> bool:
    """Amounts of one or two figures that no header calls amounts, as heads and days are counted."""
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    chosen = [profile for profile in evidence.profiles if profile.index in amounts]
    return bool(chosen) and not evidence.amount_strength and max(one.magnitude for one in chosen) < _TINY


def _names_nothing(evidence: FileEvidence) -> bool:
    """A column of years beside one of figures, and no word in any row: a series of measurements."""
    periods = evidence.fields.get(TargetField.FISCAL_PERIOD, ())
    others = (profile for profile in evidence.profiles if profile.index not in periods or not results_alone(evidence))
    said = [profile for profile in others if profile.texts > 0 or profile.code_like > 0]
    return bool(periods) and not said and not any(map(bool, _labels(evidence)))


def _labels(evidence: FileEvidence) -> tuple[tuple[int, ...], ...]:
    return tuple(evidence.fields.get(field, ()) for field in (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY))


def _places(evidence: FileEvidence) -> list[str]:
    """File name, sheets and the first titles, each once."""
    named = [PurePath(evidence.file_name).stem, evidence.sheet or "", *evidence.other_sheets]
    return list(dict.fromkeys(text for text in [*named, *evidence.titles[:_TITLES_READ]] if text.strip()))


def _spoken(table: FileTypeWords, headers: Iterable[str]) -> tuple[list[str], float]:
    """The headers with a word of the table, the surest first, and their weights together."""
    weighed = [(table.headers.weight(header), header) for header in dict.fromkeys(headers)]
    spoken = sorted((one for one in weighed if one[0]), key=lambda one: -one[0])
    return [header for _, header in spoken], sum(weight for weight, _ in spoken)


def _time_of(places: Iterable[str]) -> dict[str, float]:
    """A year in a name speaks of a plan, a day of an export."""
    found = [period for place in places if (period := find_period(place)) is not None]
    return {
        "year_in_title": float(any(period.kind is PeriodKind.YEAR for period in found)),
        "day_in_title": float(any(period.day is not None for period in found)),
    }


def _is_double_entry(headers: Sequence[str]) -> bool:
    """Debit and credit beside an account, as ledgers and trial balances have them."""
    accounts = vocabulary().fields[TargetField.SUB_CATEGORY].positive
    sides = all(any(header in side for header in headers) for side in (vocabulary().debit, vocabulary().credit))
    return sides and any("account" in words_of(header) or header in accounts for header in headers)


def _structure(evidence: FileEvidence) -> dict[str, float]:
    """What the columns and the rows say without a word."""
    profiles = evidence.profiles
    numeric = [profile for profile in profiles if profile.numbers > _MOSTLY and not profile.is_flag]
    days = [profile for profile in profiles if _holds_days(profile)]
    fields = evidence.fields
    amounts = fields.get(TargetField.BUDGETED_AMOUNT, ())
    marked = [header for header in evidence.headers if header.strip()]
    return {
        "amount_strength": evidence.amount_strength,
        "has_amount": float(bool(amounts)),
        "has_numbers": float(bool(numeric)),
        "wide_time": float(evidence.layout in _TIME_LAYOUTS),
        "wide_versions": float(evidence.layout is Layout.WIDE_VERSIONS),
        "department": float(bool(fields.get(TargetField.DEPARTMENT))),
        "category": float(bool(fields.get(TargetField.SUB_CATEGORY))),
        "period": float(bool(fields.get(TargetField.FISCAL_PERIOD))),
        "days": min(len(days), 2) / 2,
        "many_days": float(any(profile.distinct > _MANY for profile in days)),
        "names_rows": float(any(profile.is_unique and profile.texts > _SURELY for profile in profiles)),
        "numbered": float(
            any(profile.is_unique and profile.numbers > _SURELY and profile.whole == 1 for profile in profiles)
        ),
        "contacts": float(any(_CONTACT.search(sample) for profile in profiles for sample in profile.samples)),
        "numbered_documents": float(any(_holds_document_numbers(profile) for profile in profiles)),
        "totals": min(evidence.totals, 3) / 3,
        "sections": min(evidence.sections, 3) / 3,
        "many_columns": min(len(marked), 30) / 30,
        "no_headers": float(not marked),
    }


def _holds_document_numbers(profile: ColumnProfile) -> bool:
    """A number of its own for every row, with letters: INV-0042, ACC00031."""
    if not profile.is_unique or profile.filled < _FEW:
        return False
    return all(_DOCUMENT_NUMBER.fullmatch(sample) for sample in profile.samples)


def _holds_days(profile: ColumnProfile) -> bool:
    """Dates of any day: transactions have them; budgets have the first or the last of a month."""
    if profile.dates < _MOSTLY:
        return False
    days = [period.day for sample in profile.samples if (period := parse_period(sample)) is not None]
    return any(day not in (None, 1) for day in days) and not all(day in _MONTH_ENDS for day in days)
