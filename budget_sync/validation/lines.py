"""What validation hands on: good lines as text columns ready for COPY, bad rows with their reasons."""

from dataclasses import dataclass, field

import pandas as pd

LINE_COLUMNS = (
    "row",  # int: 0-based row in the sheet or the file's records
    "column",  # int: 0-based column of the amount
    "department",
    "sub_category",  # '' for none
    "fiscal_period",  # a stored code, FY2025-Q3
    "line_type",  # expense, revenue
    "currency",  # ISO 4217
    "budgeted_amount",  # plain decimal text, at most 4 decimals, scale applied
    "raw_amount",  # the cell as it stands in the file
)


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
    """The lines of a file or of a part of it, of whole source rows.

    ``frame`` has the columns ``LINE_COLUMNS``, one row an amount; counts are of source rows.
    """

    frame: pd.DataFrame
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
