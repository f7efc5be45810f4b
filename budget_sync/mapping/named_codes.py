"""Codes whose header begins that of their names: ``zl`` beside ``zlbez``, ``Produktgruppe`` beside Produktgruppenname.

In: the names of two headers and the cells of both columns. Out: whether the one holds the codes of the other.
"""

from collections.abc import Sequence

from budget_sync.domain.vocabulary.fold import fold_text
from budget_sync.mapping.header_marks import name_marks
from budget_sync.mapping.names import NameEvidence
from budget_sync.mapping.spelling import JOINTS

_NEARLY_ALL, _SELDOM = 0.9, 0.2


def is_named_by(code: NameEvidence, name: NameEvidence, codes: Sequence[str], names: Sequence[str]) -> bool:
    """The rest of the longer header is a word for names, every code has a figure in it and hardly a name has one."""
    short, long = (fold_text(own.text).strip() for own in (code, name))
    rest = long.removeprefix(short).strip(" _.:-")
    if not short or rest == long or name_marks().isdisjoint({rest, *map(rest.removeprefix, JOINTS)}):
        return False
    return _share_with_figures(codes) >= _NEARLY_ALL and _share_with_figures(names) <= _SELDOM


def _share_with_figures(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell.strip()]
    return sum(any(map(str.isdigit, cell)) for cell in filled) / len(filled) if filled else 0.0
