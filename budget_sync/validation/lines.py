"""What validation hands on: good lines as text columns ready for COPY, bad rows with their reasons."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import compress
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class LineColumns:
    """Amounts with the line that each is for, column by column; all columns are of one length.

    ``row``: 0-based in the sheet or the file's records. ``column``: 0-based, of the amount. ``sub_category``: '' for
    none. ``fiscal_period``: a stored code, FY2025-Q3. ``line_type``: expense, revenue. ``currency``: ISO 4217.
    ``budgeted_amount``: plain decimal text, at most 4 decimals, scale applied. ``raw_amount``: the cell as it stands.
    """

    row: list[int]
    column: list[int]
    department: list[str]
    sub_category: list[str]
    fiscal_period: list[str]
    line_type: list[str]
    currency: list[str]
    budgeted_amount: list[str]
    raw_amount: list[str]

    def __len__(self) -> int:
        return len(self.row)

    def only(self, kept: Sequence[bool]) -> Self:
        """The lines of which ``kept`` says so."""
        if all(kept):
            return self
        return self._of(lambda column: list(compress(column, kept)))

    def ordered(self, places: Iterable[int]) -> Self:
        """The lines at these places, in their order."""
        order = list(places)
        return self._of(lambda column: list(map(column.__getitem__, order)))

    def renamed(self, column: str, names: Mapping[str, str]) -> Self:
        """The lines with each text of a column replaced by the name that it has here."""
        changed: dict[str, Any] = {column: [names[text] for text in self.texts(column)]}
        return replace(self, **changed)

    def texts(self, name: str) -> list[str]:
        """One column by its name; of the two with numbers, these."""
        found: list[str] = getattr(self, name)
        return found

    def _of(self, change: Callable[[list[Any]], list[Any]]) -> Self:
        columns: list[list[Any]] = [change(self.texts(name)) for name in LINE_COLUMNS]
        return type(self)(*columns)

    def frame(self) -> "pd.DataFrame":
        """The same for pandas, and for the Pandera schema; both are imported where they are needed."""
        import pandas as pd  # noqa: PLC0415 - 0.3 s, which a file without a bad cell is spared

        columns = {name: self.texts(name) for name in LINE_COLUMNS}
        types = {name: "int64" if name in _NUMBERS else "str" for name in LINE_COLUMNS}
        return pd.DataFrame({name: pd.Series(column, dtype=types[name]) for name, column in columns.items()})


LINE_COLUMNS = tuple(column.name for column in fields(LineColumns))
_NUMBERS = ("row", "column")


@dataclass(frozen=True, slots=True)
class RowError:
    """One bad cell of one source row (0-based); the whole row was kept back. ``code`` is stable."""

    row: int
    column: str | None
    value: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ValidatedLines:
    """The lines of a file or of a part of it, of whole source rows; counts are of source rows."""

    lines: LineColumns
    errors: list[RowError]
    total_rows: int
    notes: list[str] = field(default_factory=list)

    @property
    def error_rows(self) -> int:
        """How many source rows were kept back."""
        return len({error.row for error in self.errors})

    @property
    def success_rows(self) -> int:
        """How many source rows went on."""
        return self.total_rows - self.error_rows
