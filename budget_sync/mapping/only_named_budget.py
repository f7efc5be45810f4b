"""What denies a budget to a file that is only named one: films and their takings, measurements, dated bookings.

In: ``FileEvidence``. Out: plain figures between 0 and 1 for ``file_type_features``.
"""

from collections.abc import Sequence
from statistics import median

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.vocabulary import find_scale, vocabulary
from budget_sync.mapping.budget_titles import names_budget
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.names import read_name
from budget_sync.mapping.values import ColumnProfile

_MOSTLY, _HALF = 0.6, 0.5
_CODES = 0.9
_FEW, _MANY = 4, 3
_SEVERAL = 2
_SMALL = 1000
_TELLING = 8  # of fewer numbers, that they have one length says nothing


def tells_of_films(headers: Sequence[str], places: Sequence[str]) -> float:
    """Two headers of films (``Director``, ``Gross worldwide``), or a name: the budget is what a film did cost."""
    named = any(place in vocabulary().film_titles and not names_budget(place) for place in places)
    return float(named or sum(header in vocabulary().films for header in headers) >= _SEVERAL)


def small_figures(evidence: FileEvidence) -> bool:
    """Columns of small figures side by side, without months, totals or a row of them: data of a laboratory."""
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    sizes = [profile.magnitude for profile in evidence.profiles if profile.index in amounts]
    summed = evidence.totals or any("total" in read_name(header).tags for header in evidence.headers)
    beside = evidence.layout is Layout.WIDE_DEPARTMENTS and not evidence.fields.get(TargetField.FISCAL_PERIOD)
    return beside and not summed and max(sizes, default=_SMALL) < _SMALL


def measured(evidence: FileEvidence) -> float:
    """How far one column of amounts stands among columns of figures that no word calls money, codes or counts.

    Only of a long table: what is wide has its amounts side by side. Nothing for four such columns. Amounts that are
    all parts of one are shares or rates.
    """
    if are_parts_of_one(evidence):
        return 1.0
    if evidence.layout is not Layout.LONG or not evidence.fields.get(TargetField.BUDGETED_AMOUNT):
        return 0.0
    used = {index for indexes in evidence.fields.values() for index in indexes}
    strange = sum(
        profile.index not in used and _is_strange(evidence.headers[profile.index], profile)
        for profile in evidence.profiles
        if profile.index < len(evidence.headers)
    )
    return min(max(strange - _FEW, 0), _MANY) / _MANY


def are_parts_of_one(evidence: FileEvidence) -> bool:
    """The amounts are mostly below one, and no word says that they are counted in thousands or more."""
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    sizes = [profile.magnitude for profile in evidence.profiles if profile.index in amounts]
    scaled = any(find_scale(text) is not None for text in (*evidence.headers, *evidence.titles))
    return bool(sizes) and 0.0 < median(sizes) < 1.0 and not scaled


def results_alone(evidence: FileEvidence) -> bool:
    """The only amounts are a result (``Profit/Losses``), which comes of a budget and is none."""
    amounts = evidence.fields.get(TargetField.BUDGETED_AMOUNT, ())
    tags = [read_name(evidence.headers[index]).tags for index in amounts if index < len(evidence.headers)]
    return bool(tags) and all("derived" in own and "budget" not in own for own in tags)


def _is_strange(header: str, profile: ColumnProfile) -> bool:
    """Numbers under a header that says nothing known."""
    if profile.numbers <= _MOSTLY or profile.is_flag or profile.counts_up or not header.strip():
        return False
    if profile.years > _HALF or (profile.one_length > _CODES and profile.filled >= _TELLING):
        return False
    name = read_name(header)
    return not (name.tags - {"derived"} or name.fields or name.version is not None)


def without_figures(evidence: FileEvidence) -> bool:
    """Words and days fill every column, as in a list of votes on the budget; a form has a column still to fill in."""
    headed = [profile for header, profile in zip(evidence.headers, evidence.profiles, strict=False) if header.strip()]
    return len(headed) >= _SEVERAL and all(profile.filled and _has_no_figure(profile) for profile in headed)


def _has_no_figure(profile: ColumnProfile) -> bool:
    return not (profile.numbers or profile.percents or any(sample.startswith("=") for sample in profile.samples))


def names_statement(places: Sequence[str]) -> bool:
    """A financial statement by its title, and no projected one."""
    named = (place for place in places if place in vocabulary().statements)
    return any(not read_name(place).tags & {"budget", "forecast"} for place in named)
