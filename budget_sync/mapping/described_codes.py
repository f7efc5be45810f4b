"""Numbers beside the texts that describe them under the same name, which are codes whatever the name says of amounts.

In: the names, profiles and cells of the columns. Out: each such column of codes with the one that describes it.
"""

from collections.abc import Sequence

from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.names import NameEvidence
from budget_sync.mapping.values import ColumnProfile

_BESIDE = 2
_HALF, _NEARLY_ALL = 0.5, 0.9
_LEAST_CODES = 2


def described_codes(
    names: Sequence[NameEvidence], profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[str]]
) -> dict[int, int]:
    """``Appropriation account`` is the code of ``Appropriation account description``: each number has its own text.

    Amounts seldom come again with the same text, and nobody describes them.
    """
    return {
        code.index: name.index
        for code in profiles
        for name in profiles[max(code.index - _BESIDE, 0) : code.index + _BESIDE + 1]
        if _is_named_after(names[name.index], names[code.index])
        and _come_again(code)
        and _describes(name, code)
        and _one_text_each(cells[code.index], cells[name.index])
    }


def _is_named_after(name: NameEvidence, code: NameEvidence) -> bool:
    """The same words and one more, which is no remark on an amount and no person for it."""
    own, longer = words_of(code.text), words_of(name.text)
    same = bool(own) and longer[: len(own)] == own and len(longer) == len(own) + 1
    return same and not name.tags & {"remark", "person", "code"}


def _come_again(profile: ColumnProfile) -> bool:
    whole = profile.numbers >= _NEARLY_ALL and profile.whole == 1.0
    return whole and _LEAST_CODES <= profile.distinct <= _HALF * profile.filled


def _describes(name: ColumnProfile, code: ColumnProfile) -> bool:
    told = name.texts - name.code_like >= _HALF and name.distinct >= _HALF * code.distinct
    return told and name.fill >= _NEARLY_ALL * code.fill


def _one_text_each(codes: Sequence[str], texts: Sequence[str]) -> bool:
    pairs = {pair for pair in zip(codes, texts, strict=True) if all(cell.strip() for cell in pair)}
    return len({code for code, _ in pairs}) == len(pairs)
