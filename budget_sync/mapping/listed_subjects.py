"""What a table is about in which no word says budget: payments, contracts, companies, pay, places, the weather.

In: ``FileEvidence``. Out: plain figures between 0 and 1 for ``file_type_features``.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from budget_sync.domain.fields import FileType, Layout, TargetField
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.cell_meanings import department_weight
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.names import read_name, says_budget
from budget_sync.mapping.values import ColumnProfile

_SEVERAL = 2
_FEW_YEARS = 3
_SURELY, _BESIDE_DAYS = 0.9, 0.01
_DEGREES = 100
_BARE_UNITS = re.compile(r"#|%(?: .+)?")  # % of GDP
_TIME = {Layout.WIDE_MONTHS, Layout.WIDE_YEARS, Layout.WIDE_QUARTERS, Layout.WIDE_HALVES}
_LABELS = (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY)


def listed(evidence: FileEvidence, *, dated: bool, unsaid: bool, silent: bool, nowhere: bool) -> dict[str, float]:
    """Lists of who was paid, of contracts, grants or people, of companies, of pay, of places, of outlays by month.

    ``unsaid``: no amount and no title says budget and no months are side by side; ``silent``: only that no amount and
    no title does; ``nowhere``: no header says it either.
    """
    sheet = evidence.sheet or ""
    places = [PurePath(evidence.file_name).stem, "" if department_weight(sheet) else sheet]  # the sheet of Sales
    told = told_subject(evidence.headers, places) or averages(evidence) or earned_alone(evidence)
    return {
        "paid_out": float(unsaid and names_payees(evidence.headers, dated=dated)),
        "told_subject": float(nowhere and told),
        "areas": float(nowhere and lists_areas(evidence)),
        "companies": float(silent and tells_of_companies(evidence.headers)),
        "pay": float(nowhere and tells_of_pay(evidence)),
        "outlays": float(nowhere and names_outlays(evidence, dated=dated)),
    }


def names_payees(headers: Sequence[str], *, dated: bool) -> bool:
    """A column of those who were paid: suppliers, those who received a grant; beside days any beneficiary, too."""
    weights = (vocabulary().payees.headers.weight(header) for header in headers)
    return any(weight >= (_BESIDE_DAYS if dated else _SURELY) for weight in weights)


def told_subject(headers: Sequence[str], places: Sequence[str]) -> bool:
    """A header or a name speaks of contracts, grants, people, prices: what is listed where nothing is planned."""
    subjects = vocabulary().subjects
    return any(header in subjects.headers for header in headers) or any(place in subjects.titles for place in places)


def lists_areas(evidence: FileEvidence) -> bool:
    """A row for each country, region or town and its bare years side by side: statistics.

    So they are below each other, where no header says department.
    """
    areas = vocabulary().areas
    if not any(header in areas for header in evidence.headers):
        return False
    if evidence.layout is Layout.LONG:
        others = (read_name(header) for header in evidence.headers if header not in areas)
        if any(name.strength(TargetField.DEPARTMENT) >= _SURELY for name in others):
            return False
        periods = evidence.fields.get(TargetField.FISCAL_PERIOD, ())
        times = [profile for profile in evidence.profiles if profile.index in periods]
        return any(profile.years >= _SURELY and profile.distinct >= _FEW_YEARS for profile in times)
    return evidence.layout is Layout.WIDE_YEARS and any(header.strip().isdecimal() for header in evidence.headers)


def tells_of_companies(headers: Sequence[str]) -> bool:
    """Two headers of companies, one of them hardly anything else's (``Company | Industry``): revenue of each one."""
    weights = [weight for header in headers if (weight := vocabulary().companies.headers.weight(header))]
    return len(weights) >= _SEVERAL and max(weights) >= _SURELY


def tells_of_pay(evidence: FileEvidence) -> bool:
    """The only amounts are salaries; or a row is a person, or the file is named for pay, beside months or years."""
    pay = vocabulary().file_types[FileType.PAYROLL]
    amounts = _headers(evidence, TargetField.BUDGETED_AMOUNT)
    if evidence.layout is Layout.LONG:
        return bool(amounts) and all(pay.headers.weight(header) >= _SURELY for header in amounts)
    if evidence.layout not in _TIME:
        return False
    labels = [header for field in _LABELS for header in _headers(evidence, field)] or evidence.headers[:1]
    of_people = bool(labels) and all(pay.headers.weight(header) >= _SURELY for header in labels)
    return of_people or PurePath(evidence.file_name).stem in pay.titles


def names_outlays(evidence: FileEvidence, *, dated: bool) -> bool:
    """Months side by side, or days with their amounts, in a file that is named for expenses: what was spent in each."""
    titles = vocabulary().file_types[FileType.EXPENSES].titles
    places = [PurePath(evidence.file_name).stem, *evidence.titles[:1]]
    if any(says_budget(place) for place in places):
        return False
    if dated and evidence.layout is Layout.LONG:
        return any("expense" in read_name(place).tags for place in places)
    return evidence.layout is Layout.WIDE_MONTHS and any(place in titles for place in places)


def averages(evidence: FileEvidence) -> bool:
    """The only amounts are averages by their headers."""
    amounts = _headers(evidence, TargetField.BUDGETED_AMOUNT)
    return bool(amounts) and all(header in vocabulary().averages for header in amounts)


def earned_alone(evidence: FileEvidence) -> bool:
    """Amounts of several times or products that all say revenue, and nothing is spent: what was sold."""
    tags = [read_name(header).tags for header in _headers(evidence, TargetField.BUDGETED_AMOUNT)]
    return len(tags) >= _SEVERAL and all("revenue" in own and "expense" not in own for own in tags)


def are_indicators(evidence: FileEvidence) -> bool:
    """A column says row by row whether the figures are money, a number (#) or a share (%)."""
    told = (profile.samples for profile in evidence.profiles if profile.texts > 0 and profile.distinct > 1)
    return any(_BARE_UNITS.fullmatch(sample.strip()) for samples in told for sample in samples)


def counts_degrees(evidence: FileEvidence) -> bool:
    """Months side by side with no figure above a hundred, no sign of money, no total or department: the weather's."""
    chosen = amounts_of(evidence)
    small = bool(chosen) and max(profile.largest for profile in chosen) < _DEGREES
    told = evidence.totals or evidence.fields.get(TargetField.DEPARTMENT)
    return evidence.layout is Layout.WIDE_MONTHS and small and not told and not _are_marked(chosen)


def is_series(evidence: FileEvidence) -> bool:
    """One figure for each period, under a header that no word calls an amount, and not a name beside it."""
    named = evidence.amount_strength or any(evidence.fields.get(field) for field in _LABELS)
    timed = evidence.layout is Layout.LONG and evidence.fields.get(TargetField.FISCAL_PERIOD)
    return bool(timed) and not named and not _are_marked(amounts_of(evidence))


def amounts_of(evidence: FileEvidence) -> list[ColumnProfile]:
    """The profiles of the chosen amount columns."""
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    return [profile for profile in evidence.profiles if profile.index in amounts]


def _are_marked(profiles: Sequence[ColumnProfile]) -> bool:
    return any(profile.money_marks > 0 for profile in profiles)


def _headers(evidence: FileEvidence, field: TargetField) -> list[str]:
    places = evidence.fields.get(field, ())
    return [evidence.headers[index] for index in places if index < len(evidence.headers)]
