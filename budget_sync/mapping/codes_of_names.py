"""Columns of codes that stand for the names beside them: cost centres and what they are called.

In: the headers, names, profiles and cells of the columns. Out: each column of codes with that of its names.
"""

from collections.abc import Sequence
from itertools import pairwise

from budget_sync.domain.fields import TargetField
from budget_sync.domain.period_text import find_period
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.described_codes import described_codes
from budget_sync.mapping.named_codes import is_named_by
from budget_sync.mapping.names import NameEvidence
from budget_sync.mapping.values import ColumnProfile

_ONE_TO_ONE = 1.06
_NEARLY_AS_MANY = 0.8
_LEAST_CODES = 2
_LONG_CODE, _LONG_TEXT_CODE = 14, 8
_COMES_AGAIN = 0.5
_NEARLY_ALL = 0.9
_HALF = 0.5
_BESIDE = 2
_LONGER = 2  # characters, where letters are both the codes and the names
_MANY = 8


def codes_of_names(
    labels: Sequence[str],
    names: Sequence[NameEvidence],
    profiles: Sequence[ColumnProfile],
    cells: Sequence[Sequence[str]],
) -> dict[int, int]:
    """By place; where several columns could hold the names, the one described by the same words."""
    return {
        **_headed_together(labels, profiles, cells, names),
        **_codes(profiles, cells, names),
        **described_codes(names, profiles, cells),
    }


def _codes(
    profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[str]], names: Sequence[NameEvidence]
) -> dict[int, int]:
    """Columns of codes to the column of names that they stand for, one to one, where names are beside."""
    found: dict[int, int] = {}
    for code in profiles:
        looks_so = _looks_like_codes(code, names[code.index])
        for name in profiles:
            pair = names[code.index], names[name.index]
            if abs(name.index - code.index) == 1 and _is_named(code, *pair, cells[code.index], cells[name.index]):
                found[code.index] = name.index
                break
            told = looks_so or _is_of_its_name(code, names[code.index], names[name.index])
            if (
                told
                and _names_beside(code, name)
                and _one_to_one(code, set(zip(cells[code.index], cells[name.index], strict=True)))
            ):
                found[code.index] = name.index
                break
    return found


def _headed_together(
    labels: Sequence[str],
    profiles: Sequence[ColumnProfile],
    cells: Sequence[Sequence[str]],
    names: Sequence[NameEvidence],
) -> dict[int, int]:
    """Whole numbers that come again, each with its own text in the column behind them, which has no header.

    One header stands over both, and may well be ``Budget heading``: where it names amounts, they are of one length.
    """
    found: dict[int, int] = {}
    for code, name in pairwise(profiles):
        if not labels[code.index].strip() or labels[name.index].strip() or code.distinct == code.filled:
            continue
        named = (
            names[code.index].strength(TargetField.BUDGETED_AMOUNT) >= _HALF or names[code.index].version is not None
        )
        whole = code.numbers >= _NEARLY_ALL and code.whole == 1.0 and (code.one_length == 1.0 or not named)
        pairs = set(zip(cells[code.index], cells[name.index], strict=True))
        tells = len(dict(pairs)) == len(pairs) and name.distinct >= max(_LEAST_CODES, _HALF * code.distinct)
        if whole and tells and name.texts >= _NEARLY_ALL and name.fill >= _NEARLY_ALL * code.fill:
            found[code.index] = name.index
    return found


def _looks_like_codes(profile: ColumnProfile, name: NameEvidence) -> bool:
    """Short, and called a code, or of one length, or coming again as amounts seldom do."""
    if profile.distinct < _LEAST_CODES or profile.mean_length > _LONG_CODE or profile.whole < 1.0 - profile.texts:
        return False
    if profile.texts > _HALF and profile.mean_length > _LONG_TEXT_CODE:
        return False
    if "code" in name.tags or profile.code_like > _NEARLY_ALL:
        return True
    unit = name.strength(TargetField.DEPARTMENT) >= _NEARLY_ALL  # the cost of Cost centre is no amount
    named = name.strength(TargetField.BUDGETED_AMOUNT) >= _HALF and not unit
    if named or name.version is not None or find_period(name.text) is not None:
        return False
    of_one_length = profile.one_length > _NEARLY_ALL and profile.filled >= _MANY
    return of_one_length or profile.nested or profile.distinct <= _COMES_AGAIN * profile.filled


def _is_of_its_name(profile: ColumnProfile, code: NameEvidence, name: NameEvidence) -> bool:
    """``Title`` of one figure beside ``Title name``: numbers of names, however few the rows."""
    named = code.strength(TargetField.BUDGETED_AMOUNT) >= _HALF or code.version is not None
    longer = "name" in name.tags and set(words_of(code.text)) < set(words_of(name.text))
    return longer and not named and profile.whole == profile.one_length == 1.0


def _is_named(
    profile: ColumnProfile, code: NameEvidence, name: NameEvidence, codes: Sequence[str], names: Sequence[str]
) -> bool:
    """Each with its one name, by what both are called; an amount is never a code."""
    if code.strength(TargetField.BUDGETED_AMOUNT) >= _HALF or profile.distinct < _LEAST_CODES:
        return False
    return is_named_by(code, name, codes, names) and _one_to_one(profile, set(zip(codes, names, strict=True)))


def _names_beside(code: ColumnProfile, name: ColumnProfile) -> bool:
    return (
        name.index != code.index
        and abs(name.index - code.index) <= _BESIDE
        and name.texts > _HALF
        and name.code_like < _HALF
        and name.mean_length > code.mean_length + (_LONGER if code.texts > _HALF else 0)
        and name.distinct >= _LEAST_CODES
        and name.fill >= _HALF * code.fill
    )


def _one_to_one(code: ColumnProfile, pairs: set[tuple[str, str]]) -> bool:
    pairs = {(own, other) for own, other in pairs if own.strip()}  # a total has a name and no code
    fewer, more = sorted((code.distinct, len({other for _, other in pairs})))
    return len(pairs) <= _ONE_TO_ONE * more + 1 and fewer >= _NEARLY_AS_MANY * more
