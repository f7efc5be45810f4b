"""What stands in a sheet beside its values, as the look over it finds it before the parser does its work."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

from budget_sync.domain.cell_names import cell_name
from budget_sync.reading.document import Note

Place: TypeAlias = tuple[int, int]
_MARKED_CELLS_KEPT = 200_000


@dataclass(slots=True)
class SheetFacts:
    """Positions are 0-based (row, column).

    ``errors``: cells with an error and its text. ``unvalued``: formulas without a stored value. ``unmarked``: how many
    more of both there are, beyond as many as are kept or without a place in the file. ``empty_texts``: how many
    formulas have an empty text as their stored value, ``first_empty_text`` the first of them.
    """

    last_row: int = 0
    last_column: int = 0
    filled_cells: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    unvalued: set[Place] = field(default_factory=set)
    unmarked: int = 0
    empty_texts: int = 0
    first_empty_text: Place | None = None
    hidden_rows: set[int] = field(default_factory=set)
    units: dict[int, Counter[str]] = field(default_factory=dict)

    def mark_error(self, place: Place | None, text: str) -> None:
        """Keep a cell with an error; None for a place that the file does not tell."""
        if place is None or self._is_full():
            self.unmarked += 1
        else:
            self.errors[place] = text

    def mark_unvalued(self, place: Place | None) -> None:
        """Keep a formula without a stored value."""
        if place is None or self._is_full():
            self.unmarked += 1
        else:
            self.unvalued.add(place)

    def count_empty_text(self, place: Place | None) -> None:
        """Count a formula whose value is an empty text, which its cell is read as."""
        self.empty_texts += 1
        self.first_empty_text = self.first_empty_text or place

    def count_unit(self, column: int, unit: str) -> None:
        """Count a cell that shows a unit."""
        self.units.setdefault(column, Counter())[unit] += 1

    def number_units(self) -> dict[int, str]:
        """The unit that most formatted cells of each column show."""
        return {column: counts.most_common(1)[0][0] for column, counts in sorted(self.units.items())}

    def notes(self, sheet: str) -> list[Note]:
        """What a person should know of the cells that are read as empty without being marked."""
        notes = []
        if self.empty_texts:
            first = f", the first at {cell_name(*self.first_empty_text)}" if self.first_empty_text else ""
            counted = f"{self.empty_texts:,}{first}"
            message = f"Sheet '{sheet}' has formulas that give an empty text ({counted}); they are read as empty cells."
            notes.append(Note("empty_formulas", message, sheet=sheet))
        if self.unmarked:
            message = (
                f"Sheet '{sheet}' has error values or formulas without a stored value that cannot be placed "
                f"({self.unmarked:,}); rows whose amount is one of them may be missing. Mend the formulas and save it "
                "again."
            )
            notes.append(Note("unmarked_cells", message, sheet=sheet))
        return notes

    def _is_full(self) -> bool:
        return len(self.errors) + len(self.unvalued) >= _MARKED_CELLS_KEPT
