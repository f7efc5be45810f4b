"""Names that two languages give to different months: ``listopad`` is November in Polish, October in Croatian.

In: a column or a row of headers. Out: the same, the name replaced where a month of the other language is beside it.
"""

from collections.abc import Iterable, Sequence

from budget_sync.domain.vocabulary.calendar import calendar_words
from budget_sync.domain.vocabulary.fold import fold_text


def in_their_language(cells: Sequence[str]) -> Sequence[str]:
    """The cells as they are where nothing tells that another month is meant."""
    for name, other in calendar_words().months_beside.items():
        folded = {cell: fold_text(cell) for cell in set(cells) if cell}
        if any(name in text for text in folded.values()) and _any_of(other.beside, folded.values()):
            meant = {cell: text.replace(name, other.means) for cell, text in folded.items() if name in text}
            cells = [meant.get(cell, cell) for cell in cells]
    return cells


def _any_of(names: Sequence[str], texts: Iterable[str]) -> bool:
    words = [fold_text(name) for name in names]
    return any(word in text for text in texts for word in words)
