"""Budgets of a year by who speaks of them: ``FY26 Dept Request | FY26 Mayor | FY26 Council``.

In: the headers and the evidence of their names. Out: the evidence, with the version that the mayor or the council
stands for; only beside a version that is named, for ``2026 Mayor`` beside ``2026 Police`` is a department.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import msgspec

from budget_sync.domain.vocabulary import Phrases
from budget_sync.domain.vocabulary.files import read_toml
from budget_sync.mapping.names import NameEvidence

_YEAR = re.compile(r"(?<![^\W_])(?:fy|cy)?\s?'?(?:20)?[0-9]{2}(?:[-/](?:20)?[0-9]{2})?(?![^\W_])", re.IGNORECASE)
_PROPOSED, _DECIDED = 2.0, 2.2  # as proposed budgets in versions.toml; what a council says comes after the mayor


class _Deciders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    proposes: list[str]
    decides: list[str]


def with_deciders(labels: Sequence[str], names: Sequence[NameEvidence]) -> list[NameEvidence]:
    """The names, of which those of a decider behind a year have a version and name no field."""
    if not any(name.version is not None and _YEAR.search(label) for label, name in zip(labels, names, strict=True)):
        return list(names)
    return [
        replace(name, fields={}, tags=frozenset(), version=rank)
        if name.version is None and (rank := _rank(label)) is not None
        else name
        for label, name in zip(labels, names, strict=True)
    ]


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
