"""What the label cells of rows say, cell by cell and then together: each different cell is looked at once a block.

In: the label columns of a block of rows. Out: for each row its ``LabelMarks``, shared by rows that are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from budget_sync.domain.names import clean_name
from budget_sync.reading.structure.kinds import cell_kind
from budget_sync.reading.structure.words import says_derived, says_total


@dataclass(frozen=True, slots=True)
class LabelMarks:
    """``kind``: how the cells are filled. ``unlabelled``: none of them says anything."""

    kind: str = ""
    says_total: bool = False
    says_derived: bool = False
    unlabelled: bool = True


_NO_LABELS = LabelMarks()


def label_marks(columns: Sequence[Sequence[str]], count: int) -> list[LabelMarks]:
    """The marks of ``count`` rows."""
    if not columns:
        return [_NO_LABELS] * count
    cells = _Cells()
    rows = _Rows()
    return list(map(rows.__getitem__, zip(*(map(cells.__getitem__, column) for column in columns), strict=True)))


class _Cells(dict[str, LabelMarks]):
    """The marks of one cell, by its text; cells that are marked alike share one object."""

    def __init__(self) -> None:
        super().__init__()
        self._shared: dict[LabelMarks, LabelMarks] = {}

    def __missing__(self, text: str) -> LabelMarks:
        marks = LabelMarks(cell_kind(text), says_total(text), says_derived(text), not clean_name(text))
        self[text] = marks = self._shared.setdefault(marks, marks)
        return marks


class _Rows(dict[tuple[LabelMarks, ...], LabelMarks]):
    """The marks of a row, by those of its cells."""

    def __missing__(self, cells: tuple[LabelMarks, ...]) -> LabelMarks:
        self[cells] = marks = LabelMarks(
            "".join(cell.kind for cell in cells),
            any(cell.says_total for cell in cells),
            any(cell.says_derived for cell in cells),
            all(cell.unlabelled for cell in cells),
        )
        return marks
