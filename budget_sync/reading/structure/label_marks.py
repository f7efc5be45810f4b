"""What the label cells of rows say, cell by cell and then together: each different cell is looked at once.

In: the label columns of a block of rows after the other. Out: for each row its ``LabelMarks``, shared by rows that are
alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from budget_sync.domain.names import clean_name
from budget_sync.reading.structure.kinds import cell_kind
from budget_sync.reading.structure.words import (
    is_marked_result,
    is_ordinal,
    names_result,
    says_derived,
    says_total,
    says_total_alone,
)


@dataclass(frozen=True, slots=True)
class LabelMarks:
    """``kind``: how the cells are filled. ``unlabelled``: none of them says anything.

    ``is_result``: all that they say is the name of a result of other rows; ``is_marked``: a sign says that it is one.
    ``is_total``: a cell is a total word and nothing else. ``is_bare``: of a cell that is empty or numbers its row.
    """

    kind: str = ""
    says_total: bool = False
    says_derived: bool = False
    unlabelled: bool = True
    is_result: bool = False
    is_marked: bool = False
    is_total: bool = False
    is_bare: bool = False


_NO_LABELS = LabelMarks()
_REMEMBERED = 50_000  # cells


class LabelReader:
    """Of one table. So many different cells are remembered from block to block that a file's names have room."""

    def __init__(self) -> None:
        self._cells = _Cells()
        self._rows = _Rows(self._cells.marks)

    def marks(self, columns: Sequence[Sequence[str]], count: int) -> list[LabelMarks]:
        """The marks of ``count`` rows."""
        if not columns:
            return [_NO_LABELS] * count
        if len(self._cells) > _REMEMBERED:
            self._cells.clear()
        cells = (map(self._cells.__getitem__, column) for column in columns)
        return list(map(self._rows.__getitem__, zip(*cells, strict=True)))


class _Cells(dict[str, int]):
    """The number of the marks of one cell, by its text; cells that are marked alike share it."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[LabelMarks] = []
        self._number_of: dict[LabelMarks, int] = {}

    def __missing__(self, text: str) -> int:
        marks = LabelMarks(
            cell_kind(text),
            says_total(text),
            says_derived(text),
            not clean_name(text),
            names_result(text),
            is_marked_result(text),
            says_total_alone(text),
            is_bare=not text.strip() or is_ordinal(text),
        )
        self[text] = number = self._number_of.setdefault(marks, len(self.marks))
        if number == len(self.marks):
            self.marks.append(marks)
        return number


class _Rows(dict[tuple[int, ...], LabelMarks]):
    """The marks of a row, by the numbers of those of its cells."""

    def __init__(self, marks: Sequence[LabelMarks]) -> None:
        super().__init__()
        self._marks = marks

    def __missing__(self, numbers: tuple[int, ...]) -> LabelMarks:
        cells = [self._marks[number] for number in numbers]
        self[numbers] = marks = LabelMarks(
            "".join(cell.kind for cell in cells),
            any(cell.says_total for cell in cells),
            any(cell.says_derived for cell in cells),
            all(cell.unlabelled for cell in cells),
            any(cell.is_marked for cell in cells)
            or (any(cell.is_result for cell in cells) and all(cell.is_result or cell.is_bare for cell in cells)),
            is_total=any(cell.is_total for cell in cells),
        )
        return marks
