"""Budgets of a year by who speaks of them: ``FY26 Dept Request | FY26 Mayor | FY26 Council``.

In: the headers, the evidence of their names, the profiles and the cells. Out: the evidence, with the version that the
mayor or the council stands for. Only beside a version that is named, and where no header tells of a department:
``2026 Mayor`` beside ``2026 Police`` is one, and so is what adds up to another column with its neighbours.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.vocabulary import Phrases
from budget_sync.domain.vocabulary.files import read_toml
from budget_sync.mapping.names import NameEvidence
from budget_sync.mapping.values import ColumnProfile
from budget_sync.reading.structure.arithmetic import CENT

_YEAR = re.compile(r"(?<![^\W_])(?:fy|cy)?\s?'?(?:20)?[0-9]{2}(?:[-/](?:20)?[0-9]{2})?(?![^\W_])", re.IGNORECASE)
_PROPOSED, _DECIDED = 2.0, 2.2  # as proposed budgets in versions.toml; what a council says comes after the mayor
_HALF, _MOST_RIGHT = 0.5, 0.9
_LEAST_PARTS = 2
_LONGEST_RUN = 40
_SAMPLE = 200
_TELLS = {"actual", "forecast", "prior", "difference", "budget", "total", "derived", "code", "count", "remark"}


class _Deciders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    proposes: list[str]
    decides: list[str]


def with_deciders(
    labels: Sequence[str],
    names: Sequence[NameEvidence],
    profiles: Sequence[ColumnProfile],
    cells: Sequence[Sequence[str]],
) -> list[NameEvidence]:
    """The names, of which those of a decider behind a year have a version and name no field."""
    found = list(names)
    if not any(name.version is not None and _YEAR.search(label) for label, name in zip(labels, names, strict=True)):
        return found
    ranks = {
        column: rank
        for column, (label, name) in enumerate(zip(labels, names, strict=True))
        if name.version is None and (rank := _rank(label)) is not None
    }
    if not ranks:
        return found
    numeric = [column for column, profile in enumerate(profiles) if profile.numbers >= _HALF]
    plain = {_years(labels[column]) for column in numeric if column not in ranks and _is_plain(names[column])}
    if any(_years(labels[column]) in plain for column in ranks) or ranks.keys() & _parts(
        numeric, names, profiles, cells
    ):
        return found
    for column, rank in ranks.items():
        found[column] = replace(found[column], fields={}, tags=frozenset(), version=rank)
    return found


def _years(label: str) -> str:
    """The last two digits of each year of a header: FY26 is 2026."""
    return " ".join(match[0][-2:] for match in _YEAR.finditer(label))


def _is_plain(name: NameEvidence) -> bool:
    """``2026 Staff``: nothing says whose figures these are, so that the word is that of a department."""
    return bool(name.text.strip()) and name.version is None and not name.tags & _TELLS


def _parts(
    numeric: Sequence[int],
    names: Sequence[NameEvidence],
    profiles: Sequence[ColumnProfile],
    cells: Sequence[Sequence[str]],
) -> set[int]:
    """The columns that another beside them adds up; what the council changed of the mayor's is no such."""
    values = {
        column: [float(value or 0) for value in parse_amounts(cells[column][:_SAMPLE], profiles[column].style).values]
        for column in numeric
        if "difference" not in names[column].tags
    }
    found: set[int] = set()
    for column in values:
        for side in (numeric[: numeric.index(column)][::-1], numeric[numeric.index(column) + 1 :]):
            found |= _run(values, column, side[:_LONGEST_RUN])
    return found


def _run(values: dict[int, list[float]], total: int, side: Sequence[int]) -> set[int]:
    told = [row for row, value in enumerate(values[total]) if value]
    sums = dict.fromkeys(told, 0.0)
    run: set[int] = set()
    for column in side:
        if column not in values:
            return set()
        if not any(values[column]):
            continue
        run.add(column)
        sums = {row: value + values[column][row] for row, value in sums.items()}
        right = sum(abs(value - values[total][row]) <= CENT for row, value in sums.items())
        several = any(sum(values[part][row] != 0 for part in run) >= _LEAST_PARTS for row in told)
        if several and right >= _MOST_RIGHT * len(told):
            return run
    return set()


def _rank(label: str) -> float | None:
    """None where there is no year, or more than a decider behind it."""
    rest, years = _YEAR.subn(" ", label)
    if years != 1:
        return None
    proposes, decides = _deciders()
    return _DECIDED if decides.is_whole(rest) else _PROPOSED if proposes.is_whole(rest) else None


@cache
def _deciders() -> tuple[Phrases, Phrases]:
    told = read_toml(files(__package__).joinpath("deciders.toml").read_bytes(), _Deciders)
    return Phrases.of(told.proposes), Phrases.of(told.decides)
